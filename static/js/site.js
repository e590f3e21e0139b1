// What every page needs beyond htmx: the bookmarks panel, and long verdicts that fold on a narrow screen.
// Nothing here is needed to read: without JavaScript the panel is a page, and every verdict is open.
(() => {
  "use strict";

  const panel = document.getElementById("bookmarks-panel");
  const list = document.getElementById("bookmarks-list");
  const link = document.getElementById("bookmarks-link");
  const loading = list.innerHTML;

  // Runs before htmx sees the click: a click that asks for a new tab or window stays the browser's own.
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) {
      event.stopImmediatePropagation();
      return;
    }
    if (!window.htmx || !panel.showModal) return;
    list.innerHTML = loading;
    panel.showModal();
  }, { capture: true });

  // A click beside the panel closes it, as people expect of one.
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });

  // Long verdicts are open to start with, so that everybody can read them; on a narrow screen they fold once this runs.
  const narrow = window.matchMedia("(width < 46rem)");
  const fold = () => document.querySelectorAll("details.fold").forEach((each) => { each.open = !narrow.matches; });
  narrow.addEventListener("change", fold);
  if (narrow.matches) fold();
})();
