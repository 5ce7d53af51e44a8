/* Draws what the server sends as a tree of plain elements (web/drawn.py): [name, properties,
   what is in it …]. React sees elements alone; Dash sees one component, however many there are. */
(function () {
  "use strict";

  function element(node) {
    if (!Array.isArray(node)) { return node; }
    return window.React.createElement.apply(
      null, [node[0] || window.React.Fragment, node[1]].concat(node.slice(2).map(element))
    );
  }

  window.waymark_components = { Drawn: function (props) { return element(props.tree); } };
})();
