/* Copying a link. Without it, it is copied by hand. */
(function () {
  "use strict";

  var button = document.querySelector("[data-copy]");
  if (!button || !navigator.clipboard) return;
  var link = document.getElementById(button.dataset.copy);
  var words = document.querySelector("[data-copy-words]");
  button.hidden = false;
  button.addEventListener("click", function () {
    navigator.clipboard.writeText(link.value).then(function () {
      words.textContent = words.dataset.copyWords;
    }, function () {
      link.focus();
      link.select();
    });
  });
})();
