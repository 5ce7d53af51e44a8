/* What a click on the page's own buttons does. Two kinds, declared on the element itself:
   data-go="?query"            changes the address (and so what is shown), with a step in the history;
   data-act="verb" data-on="…" tells the server that the person wants something done: it goes into the
                               page's Store, and a callback there decides. The Store's id is "act", or
                               what data-acts-in says on an element around the button: a page whose
                               callback also changes the address needs one that no other page has.
                               Inside [data-fields] it also sends what its fields with a name hold.
   data-set="name" data-value="…"      puts one value into the address under that name, as does
                               a select with data-param="name";
   data-flip="name" data-value="…"     the same, and takes it out where it stands there already: what
                               is open is asked of the address, for the button may be about to be drawn anew. */
(function () {
  "use strict";

  function setProps(id, props) {
    window.dash_clientside.set_props(id, props);
  }

  function go(search) {
    setProps("address", { search: search });
  }

  function withParam(name, value) {
    var params = new URLSearchParams(window.location.search);
    if (value) {
      params.set(name, value);
    } else {
      params.delete(name);
    }
    var search = params.toString();
    return search ? "?" + search : "";
  }

  var sent = 0;
  document.addEventListener("click", function (event) {
    var to = event.target.closest("[data-go]");
    if (to) {
      event.preventDefault();
      go(to.getAttribute("data-go"));
      return;
    }
    var set = event.target.closest("[data-set]");
    if (set) {
      event.preventDefault();
      go(withParam(set.getAttribute("data-set"), set.getAttribute("data-value")));
      return;
    }
    var flip = event.target.closest("[data-flip]");
    if (flip) {
      event.preventDefault();
      var name = flip.getAttribute("data-flip"), value = flip.getAttribute("data-value");
      go(withParam(name, new URLSearchParams(window.location.search).get(name) === value ? "" : value));
      return;
    }
    var act = event.target.closest("[data-act]");
    if (act) {
      event.preventDefault();
      // A second click before the answer is the same wish: services do it once.
      sent += 1;
      var store = act.closest("[data-acts-in]");
      var data = { act: act.getAttribute("data-act"), on: act.getAttribute("data-on"), nth: sent };
      var form = act.closest("[data-fields]");
      if (form) {
        data.fields = {};
        form.querySelectorAll("[name]").forEach(function (field) { data.fields[field.name] = field.value; });
      }
      setProps(store ? store.getAttribute("data-acts-in") : "act", { data: data });
    }
  });

  document.addEventListener("change", function (event) {
    var select = event.target.closest("select[data-param]");
    if (select) {
      go(withParam(select.getAttribute("data-param"), select.value));
    }
  });

  /* A page may draw a button anew while a finger is on it; the browser then sees a press here and a
     release there, and no click. What is meant is the same, so it is clicked for them. */
  var KINDS = ["data-go", "data-set", "data-flip", "data-act"];
  var pressed = null;

  function button(target) {
    return target.closest(KINDS.map(function (kind) { return "[" + kind + "]"; }).join(","));
  }

  function meant(one) {
    return KINDS.concat("data-on", "data-value").map(function (name) { return one.getAttribute(name); }).join("\n");
  }

  document.addEventListener("pointerdown", function (event) { pressed = button(event.target); });
  document.addEventListener("pointerup", function (event) {
    var under = pressed && !pressed.isConnected && button(event.target);
    if (under && meant(under) === meant(pressed)) {
      under.click();
    }
    pressed = null;
  });

  window.waymark = { go: go, withParam: withParam, setProps: setProps };
})();
