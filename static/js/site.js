// What every page needs beyond htmx: the bookmarks panel, and the visitor's own state after the browser's Back.
// Nothing here is needed to read, vote or bookmark: without JavaScript each of these is a link or a form.
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

  // A page that comes back from the browser's memory may show a vote that has changed since: ask again.
  window.addEventListener("pageshow", (event) => {
    const yours = document.querySelector("#yours [hx-get]");
    if (event.persisted && window.htmx && yours) window.htmx.trigger(yours, "refresh");
  });
})();
