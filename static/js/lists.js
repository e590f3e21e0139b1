// A list is chosen by fields above it and paged by links below it. Of what is asked for at once the newest wins (`hx-sync`),
// and what failed was not chosen: this sees to it that the fields say what the list shows.
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

  for (const name of ["htmx:afterOnLoad", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, ({ detail: { requestConfig, xhr } }) => {
      if (!isList(requestConfig)) return;
      showChoice({ hasTexts: xhr.status === 200 && requestConfig.elt.closest(".pages") !== null });
    });
  }

  // A page that was left before the answer came, and that the browser brings back from its memory.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) showChoice({ hasTexts: true });
  });
})();
