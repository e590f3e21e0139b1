// The number of words below a text that is being typed. The server counts again.
(() => {
  "use strict";

  for (const textarea of document.querySelectorAll("textarea[data-words]")) {
    const [fewest, most] = textarea.dataset.words.split(" ").map(Number);
    const output = document.createElement("output");
    output.className = "words";
    output.htmlFor = textarea.id;
    const count = () => {
      const text = textarea.value.trim();
      const words = text ? text.split(/\s+/).length : 0;
      const advice = words > most ? ": rather long" : words > 0 && words < fewest ? ": rather short" : "";
      output.textContent = `${words} ${words === 1 ? "word" : "words"}${advice}`;
      output.dataset.off = String(advice !== "");
    };
    textarea.addEventListener("input", count);
    textarea.after(output);
    count();
  }
})();
