/* Copying a link, the minutes of a meeting, a picture that folds on a phone, and a place to draw a signature.
   Nothing of it is needed. */
(function () {
  "use strict";

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var field = document.getElementById(button.dataset.copy);
    if (!field || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(field.value).then(function () {
        button.firstChild.textContent = button.dataset.copied;
      });
    });
  });

  // A second click before the answer is the same wish.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
    } else {
      form.dataset.sent = "1";
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  document.querySelectorAll("[data-began]").forEach(function (timer) {
    var began = Date.parse(timer.dataset.began), shown = timer.querySelector("[data-minutes]");
    timer.querySelector("[data-since]").textContent =
      new Date(began).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
    window.setInterval(function () {
      shown.textContent = Math.max(1, Math.ceil((Date.now() - began) / 60000));
    }, 10000);
  });

  // On a phone the list comes first, and the picture is one tap away.
  if (window.matchMedia("(max-width: 44rem)").matches) {
    document.querySelectorAll("[data-folds]").forEach(function (box) {
      var scroll = box.querySelector(".picture-scroll");
      box.open = false;
      box.addEventListener("toggle", function () {
        var at = scroll && scroll.querySelector(".net-career.open");
        if (!box.open || !at) return;
        var seen = scroll.getBoundingClientRect(), spot = at.getBoundingClientRect();
        scroll.scrollLeft += spot.left + spot.width / 2 - seen.left - seen.width / 2;
      });
    });
  }

  document.querySelectorAll("[data-pad]").forEach(function (pad) {
    var canvas = pad.querySelector("canvas"), field = pad.querySelector("input[name=drawn]");
    var pen = canvas.getContext("2d"), drawing = false, last = null;
    pad.hidden = false;

    function at(event) {
      var box = canvas.getBoundingClientRect();
      var x = Math.round((event.clientX - box.left) * 300 / box.width);
      var y = Math.round((event.clientY - box.top) * 100 / box.height);
      return [Math.min(300, Math.max(0, x)), Math.min(100, Math.max(0, y))];
    }
    function line(from, to) {
      pen.strokeStyle = getComputedStyle(canvas).color;
      pen.lineWidth = 2.5;
      pen.lineCap = "round";
      pen.beginPath();
      pen.moveTo(from[0], from[1]);
      pen.lineTo(to[0], to[1]);
      pen.stroke();
    }
    canvas.addEventListener("pointerdown", function (event) {
      if (field.value.length > 19000) return;
      drawing = true;
      canvas.setPointerCapture(event.pointerId);
      last = at(event);
      field.value += "M" + last[0] + " " + last[1];
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!drawing || field.value.length > 19900) return;
      var next = at(event);
      if (next[0] === last[0] && next[1] === last[1]) return;
      field.value += "L" + next[0] + " " + next[1];
      line(last, next);
      last = next;
    });
    ["pointerup", "pointercancel"].forEach(function (name) {
      canvas.addEventListener(name, function () { drawing = false; });
    });
    pad.querySelector("[data-clear]").addEventListener("click", function () {
      field.value = "";
      pen.clearRect(0, 0, canvas.width, canvas.height);
    });
  });
})();
