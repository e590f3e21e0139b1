// A list is chosen by fields above it and paged by links below it. Of what is asked for at once the newest wins (`hx-sync`),
// and what failed was not chosen: this sees to it that the fields say what the list shows, and that nobody loses their place.
(() => {
  "use strict";

  const isList = ({ target }) => target.matches("#list, #results");

  // The address says what the list was chosen by. What somebody types may be ahead of it and is left alone, unless a link was
  // followed after it.
  function showChoice({ hasTexts }) {
    const chosen = new URLSearchParams(window.location.search);
    for (const field of document.querySelectorAll(".filters select")) {
      field.value = chosen.get(field.name) || "";
      if (field.selectedIndex === -1) field.selectedIndex = 0; // the first order of a list is not in its address
    }
    if (!hasTexts) return;
    for (const field of document.querySelectorAll(".filters [type=search], .search-form [type=search]")) {
      field.value = chosen.get(field.name) || "";
    }
  }

  // A link that was followed may be gone from the page it led to, and the focus with it: reading goes on at the count.
  let hadFocus = false;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (isList(detail.requestConfig)) hadFocus = detail.target.contains(document.activeElement);
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (!isList({ target }) || !hadFocus || document.activeElement !== document.body) return;
    const found = document.getElementById("found");
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
  });

  for (const name of ["htmx:afterOnLoad", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, ({ detail: { requestConfig, xhr } }) => {
      if (!isList(requestConfig)) return;
      showChoice({ hasTexts: xhr.status === 200 && requestConfig.elt.closest(".pages") !== null });
    });
  }

  // Back leads to what somebody chose before: not to the same choice once more, and not to each piece of a word that was typed.
  document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history, requestConfig } }) => {
    if (!isList(requestConfig)) return;
    const here = window.location.pathname + window.location.search;
    const { triggeringEvent } = requestConfig;
    if (history.path === here || triggeringEvent?.target.matches("[type=search]")) history.type = "replace";
  });

  // Back can be pressed while a page loads, before htmx listens for it: the address is another one then, and the list is not its own.
  document.addEventListener("DOMContentLoaded", () => {
    const loaded = performance.getEntriesByType("navigation")[0]?.name.split("#")[0];
    const here = window.location.href.split("#")[0];
    if (loaded && loaded !== here && document.querySelector("#list, #results")) window.location.reload();
  });

  // A page that was left before the answer came, and that the browser brings back from its memory.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) showChoice({ hasTexts: true });
  });
})();
