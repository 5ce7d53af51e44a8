/* A step that the address or the picture points at is opened. Everything works without it. */
(function () {
  "use strict";

  function open() {
    var step = location.hash && document.getElementById(location.hash.slice(1));
    if (!step || step.tagName !== "DETAILS") return;
    step.open = true;
    step.querySelector("summary").focus();
  }

  window.addEventListener("hashchange", open);
  document.querySelectorAll(".way-picture a").forEach(function (link) {
    link.addEventListener("click", function () { setTimeout(open, 0); });
  });
  open();
})();
