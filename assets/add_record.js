/* Dropping a file, and reading a code with the camera. The page works without either. */
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

  var scan = document.querySelector("[data-scan]");
  if (!scan) return;
  var words = scan.querySelector("[data-scan-words]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) {
    words.textContent = scan.dataset.none;
    return;
  }
  var begin = scan.querySelector("[data-scan-begin]");
  var picture = scan.querySelector("[data-scan-picture]");
  begin.hidden = false;
  words.textContent = "";
  begin.addEventListener("click", function () {
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (stream) {
      var detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      picture.srcObject = stream;
      picture.hidden = false;
      picture.play();
      words.textContent = scan.dataset.looking;
      var look = function () {
        if (picture.hidden) return;
        detector.detect(picture).then(function (codes) {
          if (!codes.length) { window.setTimeout(look, 300); return; }
          stream.getTracks().forEach(function (track) { track.stop(); });
          picture.hidden = true;
          var read = codes[0].rawValue;
          var target = document.getElementById(/^https:\/\//.test(read) ? "link" : "text");
          target.value = read;
          words.textContent = scan.dataset.found;
          target.focus();
        }, function () { window.setTimeout(look, 300); });
      };
      look();
    }, function () { words.textContent = scan.dataset.refused; });
  });
})();
