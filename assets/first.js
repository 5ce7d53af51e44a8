/* What the page's head asked for already while its scripts were on their way (dashboard.html) is
   given to Dash when Dash asks for it, once. */
(function () {
  "use strict";

  var send = window.fetch;
  var early = {};
  document.querySelectorAll("link[data-first]").forEach(function (link) {
    var at = link.getAttribute("data-at");
    if (!at || at === location.pathname + location.search) {
      early[link.getAttribute("data-first")] = send.call(window, link.href);
    }
  });

  window.fetch = function (resource) {
    var name = typeof resource === "string" && resource.slice(resource.lastIndexOf("/") + 1);
    var found = name && Object.prototype.hasOwnProperty.call(early, name) && early[name];
    if (!found) { return send.apply(this, arguments); }
    delete early[name];
    return found;
  };
})();
