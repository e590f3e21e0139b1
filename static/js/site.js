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

  // What is personal is asked for when the page has loaded. An answer that was under way while somebody pressed a button is
  // older than what was pressed: it is dropped and asked for again.
  const asker = () => document.querySelector("#yours [hx-get]") || document.querySelector("#bookmark-count[hx-get]");
  let isAsking = false;
  let isStale = false;
  let acts = 0;
  const isAct = ({ requestConfig }) => requestConfig && requestConfig.verb === "post";
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (isAct(detail)) {
      acts += 1;
      isStale ||= isAsking;
    } else if (detail.elt === asker()) {
      isAsking = true;
      isStale = acts > 0;
    }
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.elt === asker() && isStale) detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (isAct(detail)) acts -= 1;
    else if (detail.elt === asker()) isAsking = false;
    if (isStale && !isAsking && !acts && asker()) {
      isStale = false;
      window.htmx.trigger(asker(), "refresh");
    }
  });

  // A page that comes back from the browser's memory may show a vote that has changed since: ask again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && window.htmx && asker()) window.htmx.trigger(asker(), "refresh");
  });
})();
