/* Keeps the reader's place where the server draws a part of the page anew ([data-place-kept]):
   a skill that was open stays open wherever it is now, and the focus goes back to the skill that
   something was said about, or to the button that was pressed. Also leads to the part of the page that the address names, once it is there. */
(function () {
  "use strict";

  var open = new Set();
  var said = null;

  function kept(element) {
    return element && element.closest ? element.closest("[data-place-kept]") : null;
  }

  document.addEventListener("toggle", function (event) {
    var skill = event.target.getAttribute && event.target.getAttribute("data-skill");
    if (!skill || !kept(event.target)) return;
    if (event.target.open) open.add(skill);
    else open.delete(skill);
  }, true);

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-act], [data-go][id]") : null;
    var part = kept(button);
    // data-then names what comes in the button's place.
    var then = button && (button.getAttribute("data-then") || button.id);
    if (part) said = { part: part.id, on: button.getAttribute("data-on"), id: then };
  }, true);

  function named(part, attribute, value) {
    return Array.prototype.find.call(part.querySelectorAll("[" + attribute + "]"), function (element) {
      return element.getAttribute(attribute) === value;
    });
  }

  function goBack() {
    var part = document.getElementById(said.part);
    var on = said.on;
    var same = said.id && document.getElementById(said.id);
    said = null;
    // Whoever moved on meanwhile is left where they are.
    var here = document.activeElement;
    if (!part || (here && here !== document.body && !kept(here))) return;
    var skill = named(part, "data-skill", on);
    var target = same || (skill && skill.querySelector("summary")) || named(part, "data-on", on);
    if (!target) {
      target = part.querySelector("h2") || part;
      target.setAttribute("tabindex", "-1");
    }
    target.focus();
  }

  function restore() {
    document.querySelectorAll("[data-place-kept] details[data-skill]").forEach(function (skill) {
      var was = open.has(skill.getAttribute("data-skill"));
      if (skill.open !== was) skill.open = was;
    });
    if (said) goBack();
  }

  var led = false;
  function lead() {
    if (led || !window.location.hash) return;
    var target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (!target) return;
    led = true;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }

  new MutationObserver(function (changes) {
    lead();
    var drawn = changes.some(function (change) { return kept(change.target); });
    if (drawn) restore();
  }).observe(document, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-skill", "data-act"]
  });

  window.addEventListener("hashchange", function () { led = false; lead(); });
})();
