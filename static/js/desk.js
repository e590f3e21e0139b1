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
      const isOff = words > 0 && (words < fewest || words > most);
      told.textContent = `${words} ${words === 1 ? "word" : "words"}${isOff ? `, and ${fewest} to ${most} are meant` : ""}`;
      told.dataset.off = String(isOff);
    };
    area.addEventListener("input", count);
    area.after(told);
    count();
  }
})();
