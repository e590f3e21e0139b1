// A click that asks for a new tab, a new window or a file stays the browser's own. Runs before htmx sees it.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const asksForNewTab = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (asksForNewTab && event.target.closest("a[hx-get]")) event.stopPropagation();
  }, { capture: true });
})();
