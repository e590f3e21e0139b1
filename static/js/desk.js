// What helps while a verdict is typed: how many words its text has. The server counts again, and works without this.
(() => {
  "use strict";

  for (const area of document.querySelectorAll("textarea[data-words]")) {
    const [fewest, most] = area.dataset.words.split(" ").map(Number);
    const told = document.createElement("output");
    told.className = "words";
    told.htmlFor = area.id;
    const count = () => {
      const words = area.value.trim() ? area.value.trim().split(/\s+/).length : 0;
      const off = words > most ? ": rather long" : words > 0 && words < fewest ? ": rather short" : "";
      told.textContent = `${words} ${words === 1 ? "word" : "words"}${off}`;
      told.dataset.off = String(off !== "");
    };
    area.addEventListener("input", count);
    area.after(told);
    count();
  }
})();
