// Ctrl+S and Cmd+S save a form of the desk and stay on it.
(() => {
  "use strict";

  const form = document.querySelector("#content-main > form");
  const button = form?.querySelector("[name=_continue]") ?? form?.querySelector("[name=_save]");
  if (!button) return;
  document.addEventListener("keydown", (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s";
    if (!isSave) return;
    event.preventDefault();
    if (!event.repeat) form.requestSubmit(button);
  });
})();
