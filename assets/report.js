/* A button with data-unfold opens and closes what comes right after it, and puts the cursor into its first field;
   Escape closes it again. */
(function () {
  "use strict";

  function fold(button, open) {
    var part = button.nextElementSibling;
    if (!part) return;
    part.hidden = !open;
    button.setAttribute("aria-expanded", open ? "true" : "false");
    var field = open && part.querySelector("textarea, input, select");
    if (field) field.focus();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-unfold]") : null;
    if (button) fold(button, button.getAttribute("aria-expanded") !== "true");
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !event.target.closest) return;
    var part = event.target.closest("[data-fields]");
    var button = part && part.previousElementSibling;
    if (button && button.hasAttribute("data-unfold")) {
      fold(button, false);
      button.focus();
    }
  });
})();
