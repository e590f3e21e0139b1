// What every page needs beyond htmx: the bookmarks panel, and long verdicts that fold on a narrow screen.
// Nothing here is needed to read: without JavaScript the panel is a page, and every verdict is open.
(() => {
  "use strict";

  const panel = document.getElementById("bookmarks-panel");
  const list = document.getElementById("bookmarks-list");
  const link = document.getElementById("bookmarks-link");
  const loading = list.innerHTML;

  // Runs before htmx sees the click: one that asks for a new tab, a new window or a file stays the browser's own.
  document.addEventListener("click", (event) => {
    const isAsked = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (isAsked && event.target.closest("a[hx-get]")) event.stopPropagation();
  }, { capture: true });

  link.addEventListener("click", () => {
    if (!window.htmx || !panel.showModal) return;
    list.innerHTML = loading;
    panel.showModal();
  }, { capture: true });

  // A press beside the panel closes it, as people expect of one; in its own margin, or let go of there, it does not.
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

  // Long verdicts are open to start with, so that everybody can read them; on a narrow screen they fold once this runs.
  const narrow = window.matchMedia("(width < 46rem)");
  const folds = () => [...document.querySelectorAll("details.fold")];
  const open = (each) => { each.open = true; };
  if (narrow.matches) folds().forEach((each) => { each.open = false; });
  narrow.addEventListener("change", () => { if (!narrow.matches) folds().forEach(open); });

  // Paper can't be unfolded.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = folds().filter((each) => !each.open);
    folded.forEach(open);
  });
  window.addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));

  // What is said below the letter's form may be about what was typed into it.
  document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
    const field = requestConfig.elt.querySelector("#letter-email");
    if (field) field.setAttribute("aria-invalid", xhr.status === 422);
  });
})();
