/* The frame's few manners: menus that close, links that keep the place, words when the server
   does not answer. Every part of the frame works without it. */
(function () {
  "use strict";

  // A page may have changed its address since it was sent; language and theme come back to it.
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[data-keep-place]") : null;
    if (link) {
      var address = new URL(link.href);
      address.searchParams.set("next", location.pathname + location.search);
      link.href = address.pathname + address.search;
    }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  var notice = document.querySelector("[data-notice]");

  function say(kind) {
    if (!notice) return;
    notice.textContent = "";
    var words = document.createElement("p");
    words.textContent = notice.dataset[kind];
    if (kind === "signedOut") {
      var link = document.createElement("a");
      link.href = "/login?next=" + encodeURIComponent(location.pathname + location.search);
      link.textContent = notice.dataset.signIn;
      words.append(" ", link);
    }
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = notice.dataset.close;
    close.addEventListener("click", function () { notice.textContent = ""; });
    notice.append(words, close);
  }

  var send = window.fetch;
  window.fetch = function (resource) {
    var address = typeof resource === "string" ? resource : (resource && resource.url) || "";
    var answer = send.apply(this, arguments);
    if (address.indexOf("_dash-") === -1) return answer;
    return answer.then(function (response) {
      if (response.ok) { /* nothing to say */ }
      else if (response.status === 401) say("signedOut");
      else if (response.status === 503) say("away");
      else if (response.status >= 500) say("broken");
      else if (response.status >= 400) say("refused");
      return response;
    }, function (error) {
      if (error.name !== "AbortError" && document.visibilityState !== "hidden") say("offline");
      throw error;
    });
  };

  // After a form came back with errors, the summary is read first.
  var summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
})();
