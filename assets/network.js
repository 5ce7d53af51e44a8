/* The canvas of the career network, and the keyboard of the list beside it. The list is what
   is operated; the canvas shows the same and may be clicked. Colours come from the tokens. */
(function () {
  "use strict";

  var cy = null;
  var phone = window.matchMedia("(max-width: 50rem)");

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function svg(body) {
    return "data:image/svg+xml;utf8," + encodeURIComponent(
      '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">' + body + "</svg>"
    );
  }

  function stylesheet() {
    var ink = token("ink"), card = token("card"), paper = token("paper"), blue = token("missing");
    var had = token("had"), edge = token("edge"), hairline = token("hairline"), muted = token("muted");
    var font = getComputedStyle(document.body).fontFamily;
    var cut = "M0 0H14L32 18V32H0Z";
    // A phone shows the picture at less than half its size: letters are drawn larger to stay readable.
    var small = phone.matches;
    var label = { "font-family": font, color: ink, "text-max-width": 130, "text-wrap": "wrap" };
    return [
      { selector: "node", style: Object.assign({ "overlay-opacity": 0 }, label) },
      { selector: ".ring", style: {
        width: "data(size)", height: "data(size)", "background-opacity": 0, "border-width": 1,
        "border-style": "dashed", "border-color": hairline, label: "data(label)", "font-size": 11, color: muted,
        "text-valign": "top", "text-margin-y": 5, "text-background-color": paper,
        "text-background-opacity": 1, "text-background-padding": 2, events: "no", "z-index": 0 } },
      { selector: ".person", style: {
        width: 88, height: 88, "background-color": ink, label: "data(label)", "text-valign": "bottom",
        "text-margin-y": 8, "font-size": small ? 20 : 14, "font-weight": 700, "text-background-color": paper,
        "text-background-opacity": 0.9, "text-background-padding": 3, "text-max-width": 280,
        "background-image": svg('<circle cx="16" cy="12" r="4.5" fill="' + card + '"/><path d="M7 25a9 8 0 0 1 18 0Z" fill="' + card + '"/>'),
        "background-fit": "cover", "z-index": 5 } },
      { selector: ".career", style: {
        width: small ? 68 : 60, height: small ? 68 : 60, "background-color": card, "border-width": 2, "border-color": muted,
        "border-style": "dashed", label: "data(label)", "text-valign": "center", "font-size": small ? 22 : 15,
        "font-weight": 700, "z-index": 4 } },
      { selector: ".career.chosen", style: { "border-width": 3.5, "border-color": ink, "border-style": "solid" } },
      { selector: ".career.open", style: { width: 78, height: 78, "border-width": 4, "font-size": small ? 22 : 17, "border-style": "double", "border-color": ink } },
      { selector: ".title", style: {
        width: 110, height: 16, "background-opacity": 0, "text-max-width": small ? 150 : 124, label: "data(label)", "text-valign": "bottom",
        "font-size": small ? 19 : 13, "text-background-color": paper, "text-background-opacity": 0.88,
        "text-background-padding": 2, "z-index": 6 } },
      { selector: ".title.open", style: { "font-weight": 700, "font-size": 13, "text-max-width": 124 } },
      { selector: ".title.over", style: { "text-valign": "top" } },
      { selector: "edge", style: { "overlay-opacity": 0, "curve-style": "straight" } },
      { selector: ".reach", style: { width: "data(width)", "line-color": edge, opacity: 0.55, "z-index": 1 } },
      { selector: ".leads", style: {
        width: 1.5, "line-color": edge, "line-style": "dashed", "curve-style": "unbundled-bezier",
        "control-point-distances": 24, "control-point-weights": 0.5, "z-index": 1 } },
      { selector: ".square", style: {
        shape: "rectangle", width: 14, height: 14, "border-width": 2, "border-color": had,
        "background-color": card, "z-index": 7 } },
      { selector: ".square.matched", style: { "background-color": had } },
      { selector: ".square.partial", style: {
        "background-image": svg('<path d="M32 0V32H0Z" fill="' + had + '"/>'), "background-fit": "cover" } },
      { selector: ".square.missing", style: {
        "border-color": blue, "border-width": 2.5,
        "background-image": svg('<rect x="9" y="9" width="14" height="14" fill="' + blue + '"/>'), "background-fit": "cover" } },
      { selector: ".square.claimed", style: {
        "border-width": 0, "background-opacity": 0,
        "background-image": svg('<path d="' + cut + '" fill="' + had + '"/>'),
        "background-fit": "cover" } },
      { selector: ".square.tried", style: {
        "border-style": "dashed", "border-color": had, "background-color": card, "background-opacity": 1,
        "background-image": "none" } },
      { selector: ".square.partial.claimed", style: {
        "background-image": svg('<path d="' + cut + '" fill="' + card + '" stroke="' + had + '" stroke-width="4"/><path d="M32 18V32H0Z" fill="' + had + '"/>') } }
    ];
  }

  function openRow(code) {
    return document.querySelector('.career-row[data-code="' + CSS.escape(code) + '"]');
  }

  function wire(instance) {
    cy = instance;
    cy.style().fromJson(stylesheet()).update();
    // The wheel moves the page, as everywhere; with Ctrl it zooms, as everywhere.
    cy.container().parentElement.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey) { event.stopPropagation(); }
    }, { capture: true });
    cy.on("layoutstop", frame);
    frame();
    cy.on("tap", "node", function (event) {
      var data = event.target.data();
      if (data.kind === "career") {
        var row = openRow(data.code || data.id);
        if (row) { row.click(); row.focus({ preventScroll: true }); }
      } else if (data.kind === "square") {
        point(data.skill);
      } else if (data.kind === "person") {
        close();
      }
    });
    cy.on("drag", "node.career", function (event) {
      var node = event.target, was = node.scratch("_at") || node.position();
      var dx = node.position("x") - was.x, dy = node.position("y") - was.y;
      node.scratch("_at", { x: node.position("x"), y: node.position("y") });
      var along = cy.getElementById("title:" + node.id());
      if (node.hasClass("open")) { along = along.union(cy.nodes(".square")); }
      along.positions(function (one) { return { x: one.position("x") + dx, y: one.position("y") + dy }; });
    });
    cy.on("grab", "node.career", function (event) {
      event.target.scratch("_at", Object.assign({}, event.target.position()));
    });
    cy.on("mouseover", "node.square", function (event) {
      event.target.style({ label: event.target.data("label"), "font-size": 13, "text-valign": "top",
        "text-margin-y": -4, "text-background-color": token("card"), "text-background-opacity": 1,
        "text-background-padding": 4, "text-border-width": 1, "text-border-opacity": 1,
        "text-border-color": token("edge"), "z-index": 20 });
    });
    cy.on("mouseout", "node.square", function (event) { event.target.removeStyle(); });
  }

  // On a narrow screen an open career is what is looked at; else the whole picture.
  function frame() {
    var open = cy.nodes(".open, .square, .person");
    var narrow = cy.width() < 520 && cy.nodes(".square").length > 0;
    cy.fit(narrow ? open : undefined, narrow ? 20 : 24);
    if (cy.zoom() > 1.15) { cy.zoom(1.15); cy.center(); }
  }

  function point(skill) {
    var line = document.getElementById("square-" + skill.replace(/:/g, "-"));
    if (!line) {
      // The panel names the heaviest only: the role's own page has every square.
      var all = document.querySelector(".career-panel .actions a[href]");
      if (all) { window.location.assign(all.href); }
      return;
    }
    document.querySelectorAll(".pointed").forEach(function (one) { one.classList.remove("pointed"); });
    line.classList.add("pointed");
    line.scrollIntoView({ block: "nearest" });
  }

  function close() {
    var row = document.querySelector('.career-row[aria-expanded="true"]');
    if (!row) { return false; }
    window.waymark.go(window.waymark.withParam("open", ""));
    row.focus();
    return true;
  }

  // The canvas is made after the page: look for it whenever the page changes.
  function seek() {
    var holder = document.getElementById("net-picture");
    var found = holder && holder._cyreg && holder._cyreg.cy;
    if (found && found !== cy) { wire(found); }
  }

  // Dash draws parts of the page anew. The focus then stays with what stands in the place of what had it.
  var had = null;

  function sign(element) {
    var marks = ["id", "role", "data-code", "data-act", "data-on", "data-set", "data-zoom", "href"];
    return marks.map(function (mark) { return element.getAttribute(mark) || ""; }).join("|")
      + (element.getAttribute("role") === "switch" ? element.textContent : "");
  }

  function stops(box) {
    return Array.prototype.slice.call(box.querySelectorAll("a[href], button, input, select, [tabindex]"));
  }

  document.addEventListener("focusin", function (event) {
    var box = event.target.closest("#network") && event.target.parentElement.closest("[id]");
    had = box && { node: event.target, box: box.id, sign: sign(event.target), on: event.target.getAttribute("data-on"),
      nth: stops(box).indexOf(event.target) };
  });

  function regain() {
    if (!had || had.node.isConnected) { return; }
    var box = document.getElementById(had.box), here = document.activeElement;
    if (!box || (here && here !== document.body)) { had = null; return; }
    var all = stops(box);
    var same = all.filter(function (one) { return sign(one) === had.sign; })[0];
    var career = had.on && document.querySelector('.career-row[data-code="' + CSS.escape(had.on) + '"]');
    var to = same || career || all[Math.min(had.nth, all.length - 1)] || document.querySelector("#net-panel .career-row");
    if (!to) { to = document.querySelector("#net-panel h2"); to.tabIndex = -1; }
    to.focus({ preventScroll: Boolean(same) });
  }

  var settled = null, led = false;
  new MutationObserver(function (changes) {
    seek();
    regain();
    var list = changes.some(function (change) {
      return change.target.closest && change.target.closest("#net-panel, #net-live, #page");
    });
    if (list) {
      clearTimeout(settled);
      settled = setTimeout(function () {
        var row = document.querySelector('.career-row[aria-expanded="true"]');
        var panel = document.getElementById("net-panel");
        if (row && panel && panel.scrollHeight > panel.clientHeight + 4) {
          panel.scrollTop += row.getBoundingClientRect().top - panel.getBoundingClientRect().top - 8;
        } else if (row && !led && document.activeElement === document.body) {
          row.scrollIntoView({ block: "start" });
        }
        led = Boolean(row || document.querySelector(".career-row, .empty"));
        var family = document.querySelector('select[data-param="family"]');
        if (family) { family.value = new URLSearchParams(window.location.search).get("family") || ""; }
      }, 60);
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["id", "aria-expanded"] });

  document.addEventListener("keydown", function (event) {
    if (!document.getElementById("network")) { return; }
    if (event.key === "Escape" && close()) { event.preventDefault(); return; }
    var finder = event.target.closest && event.target.closest(".finder");
    if (finder && finder.querySelector(".found-list")) { choose(event, finder); return; }
    var row = event.target.closest && event.target.closest(".career-row");
    if (!row) { return; }
    var rows = Array.prototype.slice.call(document.querySelectorAll(".career-row"));
    var at = rows.indexOf(row), to = null;
    if (event.key === "ArrowDown" || event.key === "ArrowRight") { to = rows[(at + 1) % rows.length]; }
    if (event.key === "ArrowUp" || event.key === "ArrowLeft") { to = rows[(at - 1 + rows.length) % rows.length]; }
    if (event.key === "Home") { to = rows[0]; }
    if (event.key === "End") { to = rows[rows.length - 1]; }
    if (to) {
      event.preventDefault();
      rows.forEach(function (one) { one.tabIndex = one === to ? 0 : -1; });
      to.focus();
      halo(to.getAttribute("data-code"));
    }
  });

  // Enter in a field takes its first answer; arrows walk from the field through its answers.
  function choose(event, finder) {
    var answers = Array.prototype.slice.call(finder.querySelectorAll(".found-list button"));
    var at = answers.indexOf(event.target), field = finder.querySelector("input");
    if (!answers.length) { return; }
    if (event.key === "Enter" && event.target === field) { event.preventDefault(); answers[0].click(); }
    if (event.key === "ArrowDown") { event.preventDefault(); answers[Math.min(at + 1, answers.length - 1)].focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (answers[at - 1] || field).focus(); }
  }

  // The career under the keyboard is marked on the canvas too.
  function halo(code) {
    if (!cy) { return; }
    cy.nodes(".career").removeStyle("overlay-opacity overlay-color overlay-padding");
    var node = cy.getElementById(code);
    node.style({ "overlay-opacity": 0.16, "overlay-color": token("ink"), "overlay-padding": 8 });
  }

  document.addEventListener("click", function (event) {
    var zoom = event.target.closest("[data-zoom]");
    if (zoom && cy) {
      var way = zoom.getAttribute("data-zoom");
      if (way === "fit") { cy.fit(undefined, 24); }
      else {
        cy.zoom({ level: cy.zoom() * (way === "in" ? 1.25 : 0.8),
          renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
      }
    }
    var toggle = event.target.closest("[data-toggle]");
    if (toggle) {
      var page = document.getElementById("network");
      var open = page.classList.toggle(toggle.getAttribute("data-toggle"));
      toggle.setAttribute("aria-expanded", open ? "true" : "false");
      if (cy) { cy.resize(); frame(); }
    }
    if (event.target.closest(".found-list button")) {
      // The answer was taken: the field is ready for another question.
      var field = event.target.closest(".finder").querySelector("input");
      if (field) { window.waymark.setProps(field.id, { value: "" }); field.focus(); }
    }
  });

  [phone, window.matchMedia("(prefers-color-scheme: dark)")].forEach(function (media) {
    media.addEventListener("change", function () {
      if (cy) { cy.style().fromJson(stylesheet()).update(); }
    });
  });
})();
