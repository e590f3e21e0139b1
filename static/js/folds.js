// Whole verdicts and answers are open to start with, so that everybody can read them; this folds all but the widest split, of
// which a narrow screen opens the verdicts alone.
// A browser that knows `hidden="until-found"` opens a fold itself when what is searched for, or what the address names, is inside.
(() => {
  "use strict";

  const isFoundByBrowser = "onbeforematch" in document.documentElement;
  const isWide = window.matchMedia("(width >= 46rem)").matches;
  const folds = () => [...document.querySelectorAll(".fold")];
  const buttonOf = (fold) => document.querySelector(`[aria-controls="${fold.id}"]`);

  function setOpen(fold, isOpen) {
    if (isOpen) fold.removeAttribute("hidden");
    else fold.setAttribute("hidden", isFoundByBrowser ? "until-found" : "");
    buttonOf(fold).setAttribute("aria-expanded", String(isOpen));
  }

  const holdsTarget = (fold) => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    return target !== null && fold.contains(target);
  };

  function openTarget() {
    const fold = folds().find(holdsTarget);
    if (!fold || !fold.hidden) return;
    setOpen(fold, true);
    document.getElementById(decodeURIComponent(window.location.hash.slice(1))).scrollIntoView();
  }

  for (const fold of folds()) {
    buttonOf(fold).hidden = false;
    setOpen(fold, fold.dataset.open === "always" || (fold.dataset.open === "wide" && isWide) || holdsTarget(fold));
    fold.addEventListener("beforematch", () => setOpen(fold, true));
  }
  window.addEventListener("hashchange", openTarget);

  document.addEventListener("click", ({ target }) => {
    const button = target.closest(".fold-button");
    if (button) setOpen(document.getElementById(button.getAttribute("aria-controls")), button.getAttribute("aria-expanded") === "false");
  });

  // Paper can't be unfolded.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = folds().filter((fold) => fold.hidden);
    for (const fold of folded) setOpen(fold, true);
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folded) setOpen(fold, false);
    folded = [];
  });
})();
