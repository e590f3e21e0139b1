// The bookmarks open in a panel beside the page. Without JavaScript they are a page of their own.
(() => {
  "use strict";

  const panel = document.getElementById("bookmarks-panel");
  const list = document.getElementById("bookmarks-list");
  const link = document.getElementById("bookmarks-link");
  const loading = list.innerHTML;

  link.addEventListener("click", () => {
    if (!window.htmx || !panel.showModal) return;
    list.innerHTML = loading;
    panel.showModal();
  }, { capture: true });

  // A press beside the panel closes it, as people expect; in its own margin, or let go of there, it does not.
  const isBeside = ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = panel.getBoundingClientRect();
    return target === panel && (clientX < left || clientX > right || clientY < top || clientY > bottom);
  };
  let isPressedBeside = false;
  panel.addEventListener("mousedown", (event) => { isPressedBeside = isBeside(event); });
  panel.addEventListener("click", (event) => {
    if (isPressedBeside && isBeside(event)) panel.close();
  });

  // A page that comes back from the browser's memory would show an old list.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && panel.open) panel.close();
  });
})();
