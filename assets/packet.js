/* A packet that is being made: looks how far it is, and offers it when it is whole. Without it there is a link. */
(function () {
  "use strict";

  var making = document.querySelector("[data-packet]");
  var said = making && making.querySelector("[data-said]");
  var look = making && making.querySelector("[data-look]");
  if (!said || !look) return;
  var bar = making.querySelector("progress");

  function over(words, ready) {
    said.textContent = words;
    look.hidden = true;
    making.querySelector("[data-take]").hidden = !ready;
  }

  function ask() {
    fetch(making.dataset.packet, { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.ok ? answer.json() : { failed: true }; })
      .then(function (state) {
        if (state.failed) return over(said.dataset.failed, false);
        bar.value = state.done;
        if (state.ready) return over(said.dataset.ready, true);
        window.setTimeout(ask, 1000);
      })
      // The network may be away for a moment; the link stays.
      .catch(function () { window.setTimeout(ask, 5000); });
  }

  look.hidden = true;
  window.setTimeout(ask, 500);
})();
