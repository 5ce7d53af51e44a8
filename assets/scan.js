/* Reading a QR code, with the camera or from a picture of it. What is seen stays in this browser:
   only what the code says goes into a field, for the person to look at and to send. */
(function () {
  "use strict";

  var LARGEST = 1600;
  var PAUSE = 200;
  var scan = document.querySelector("[data-scan]");
  if (!scan) return;
  var words = scan.querySelector("[data-scan-words]");
  var begin = scan.querySelector("[data-scan-begin]");
  var end = scan.querySelector("[data-scan-end]");
  var view = scan.querySelector("[data-scan-view]");
  var file = scan.querySelector("[data-scan-file]");
  var canvas = document.createElement("canvas");
  var pen = canvas.getContext("2d", { willReadFrequently: true });
  var stream = null;
  var reader = null;

  // It is fetched when somebody wants it, not with the page.
  var fetched = function () {
    reader = reader || import(scan.dataset.reader);
    return reader;
  };

  var read = function (decode, seen, width, height) {
    var scale = Math.min(1, LARGEST / Math.max(width, height));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(seen, 0, 0, canvas.width, canvas.height);
    try {
      return decode(pen.getImageData(0, 0, canvas.width, canvas.height)).trim();
    } catch (none) {
      return "";
    }
  };

  var found = function (text) {
    var link = /^https:\/\/\S+$/i.test(text);
    if (!link && !/^[{[]|^ey/.test(text)) { words.textContent = scan.dataset.strange; return; }
    var field = document.getElementById(link ? "link" : "text");
    field.value = text;
    words.textContent = link ? scan.dataset.link : scan.dataset.text;
    field.focus();
  };

  var stop = function () {
    if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
    stream = null;
    view.srcObject = null;
    view.hidden = end.hidden = true;
    begin.hidden = !canOpen;
  };

  var look = function (decode) {
    if (!stream) return;
    var text = view.videoWidth ? read(decode, view, view.videoWidth, view.videoHeight) : "";
    if (!text) { window.setTimeout(function () { look(decode); }, PAUSE); return; }
    stop();
    found(text);
  };

  // Browsers open the camera to pages that came over https, or from this machine.
  var canOpen = Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  begin.hidden = !canOpen;
  scan.querySelector("[data-scan-picture]").hidden = false;
  words.textContent = "";

  begin.addEventListener("click", function () {
    begin.hidden = true;
    Promise.all([
      fetched(),
      navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
    ]).then(function (both) {
      stream = both[1];
      view.srcObject = stream;
      view.hidden = end.hidden = false;
      view.play();
      words.textContent = scan.dataset.looking;
      end.focus();
      look(both[0].decodeQR);
    }).catch(function () {
      stop();
      words.textContent = scan.dataset.refused;
    });
  });

  end.addEventListener("click", function () { stop(); words.textContent = ""; begin.focus(); });
  window.addEventListener("pagehide", stop);

  file.addEventListener("change", function () {
    var chosen = file.files[0];
    if (!chosen) return;
    Promise.all([fetched(), createImageBitmap(chosen)]).then(function (both) {
      var text = read(both[0].decodeQR, both[1], both[1].width, both[1].height);
      both[1].close();
      if (text) found(text); else words.textContent = scan.dataset.nothing;
    }).catch(function () { words.textContent = scan.dataset.nothing; });
  });
})();
