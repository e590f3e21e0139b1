// Opening the preview shows what is typed at once. Without this script its button does.
(() => {
  "use strict";

  const preview = document.getElementById("typed-preview");
  const button = preview?.querySelector("[formtarget=typed-preview-frame]");
  preview?.addEventListener("toggle", () => {
    if (preview.open) button.form.requestSubmit(button);
  });
})();
