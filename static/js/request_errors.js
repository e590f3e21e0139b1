// What a script asked for and did not get is said: no connection, no answer in time, or a page that is not this site's.
// The site's own errors arrive as sentences, and without JavaScript the browser says it.
(() => {
  "use strict";

  const SENTENCE = "No answer from the site. Check your connection, then try again.";
  const panel = document.getElementById("bookmarks-panel");
  const alerts = document.getElementById("alerts");
  const isAskedByPage = ({ requestConfig }) => requestConfig.elt.closest("#visitor-state, #bookmark-count") !== null; // nobody waits for it

  function say({ target }) {
    const sentence = document.createElement("p");
    sentence.className = "error";
    sentence.setAttribute("role", "alert");
    sentence.textContent = SENTENCE;
    if (!panel.open) return alerts.replaceChildren(sentence);
    // What lies below an open panel can't be read.
    const list = panel.querySelector("#bookmarks-list");
    if (target === list) list.replaceChildren(sentence);
    else list.prepend(sentence);
  }

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, ({ detail }) => {
      if (!isAskedByPage(detail)) say(detail);
    });
  }

  // A proxy's page about its own trouble must not take the place of what was pressed.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status < 500 || detail.xhr.getResponseHeader("HX-Reswap")) return;
    detail.shouldSwap = false;
    if (!isAskedByPage(detail)) say(detail);
  });

  // The site's own sentence about a panel that is open is read in the panel.
  document.addEventListener("htmx:afterRequest", () => {
    if (panel.open && alerts.childElementCount) panel.querySelector("#bookmarks-list").replaceChildren(...alerts.childNodes);
  });

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (!isAskedByPage(detail)) alerts.replaceChildren();
  });
})();
