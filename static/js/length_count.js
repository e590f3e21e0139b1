// How long a text is that has a limit, once it comes near it. Nothing is cut: the server refuses what is too long.
(() => {
  "use strict";

  const NEAR = 0.8; // of the limit

  function count(field) {
    // As the server counts: characters, not the halves of an emoji, and line ends as forms send them.
    return [...field.value.trim().replace(/\r?\n/g, "\r\n")].length;
  }

  function watch(field) {
    const longest = Number(field.dataset.longest);
    const output = document.createElement("output");
    output.className = "length";
    output.htmlFor = field.id;
    output.hidden = true;
    const tell = () => {
      const length = count(field);
      const over = length - longest;
      output.hidden = length < longest * NEAR;
      output.textContent = `${length} of ${longest} characters${over > 0 ? `: ${over} too many, nothing is cut` : ""}`;
      output.dataset.off = String(over > 0);
    };
    field.addEventListener("input", tell);
    field.after(output);
    tell();
  }

  document.querySelectorAll(":is(input, textarea)[data-longest]").forEach(watch);
})();
