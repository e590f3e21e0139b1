// The summary of errors keeps the focus, which the admin's own script would give to the first field of a new row.
(() => {
  "use strict";

  const summary = document.getElementById("error-summary");
  if (!summary) return;
  addEventListener("load", () => summary.focus());
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
})();
