// While a tool's name is typed, tools of a similar name are shown below it. Without this script saving checks the name.
(() => {
  "use strict";

  const { address, tool } = document.currentScript.dataset;
  const field = document.querySelector("input#id_name");
  if (!field) return;
  const list = document.createElement("div");
  list.className = "similar-names help";
  list.setAttribute("role", "status");
  field.closest(".form-row").append(list);
  let waiting;
  let asked = 0;

  const ask = async () => {
    const question = ++asked;
    const answer = await fetch(`${address}?${new URLSearchParams({ name: field.value, tool })}`, { redirect: "manual" });
    const text = answer.ok ? await answer.text() : "";
    if (question !== asked) return; // more was typed meanwhile
    list.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => list.replaceChildren()), 300);
  });
})();
