/* Dropping a file, and sending each form once. The page works without. */
(function () {
  "use strict";

  var form = document.querySelector("[data-drop]");
  if (form) {
    var place = form.querySelector(".drop");
    var input = form.querySelector("input[type=file]");
    form.querySelector(".drop-words").hidden = false;
    ["dragenter", "dragover"].forEach(function (name) {
      place.addEventListener(name, function (event) { event.preventDefault(); place.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      place.addEventListener(name, function () { place.classList.remove("over"); });
    });
    place.addEventListener("drop", function (event) {
      event.preventDefault();
      if (event.dataTransfer && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }

  // A second press while the first is still being answered would send the same file again.
  document.querySelectorAll(".ways form").forEach(function (one) {
    one.addEventListener("submit", function (event) {
      if (one.dataset.sent) event.preventDefault();
      one.dataset.sent = "yes";
    });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll(".ways form").forEach(function (one) { delete one.dataset.sent; });
  });
})();
