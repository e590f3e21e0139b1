// Long verdicts are open to start with, so that everybody can read them; on a narrow screen they fold once this runs.
(() => {
  "use strict";

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
})();
