// Ticking tools in a list to compare them. Without this script the list is a plain form with a button below it; with it, the
// tray counts, names what is ticked, and keeps it while the list is filtered, sorted and paged, by a script or by a new page.
(() => {
  "use strict";

  const MOST = 4;
  const chosenIn = new WeakMap(); // form -> Map of slug -> name

  // What is ticked in a list that has pages outlives this one: in this tab, for an hour, or until it is compared. Where the browser
  // keeps nothing, or holds what is none of this, the ticks last as long as the page does.
  const KEY = `chosen:${window.location.pathname}`;
  const HOUR = 60 * 60 * 1000; // milliseconds

  const hasPages = (form) => form.querySelector("#list, #results") !== null;

  function kept(form) {
    if (!hasPages(form)) return new Map();
    try {
      const { at, tools } = JSON.parse(window.sessionStorage.getItem(KEY));
      return Date.now() - at < HOUR ? new Map(tools) : new Map();
    } catch {
      return new Map();
    }
  }

  function store(form, ticked) {
    if (!hasPages(form)) return;
    try {
      if (ticked.size === 0) window.sessionStorage.removeItem(KEY);
      else window.sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), tools: [...ticked] }));
    } catch {
      // Storage is full or not allowed.
    }
  }

  const boxes = (form) => [...form.querySelectorAll("input[type=checkbox][name=tool]")];
  const given = (form) => form.querySelectorAll("input[type=hidden][name=tool][data-given]").length;

  function chosen(form) {
    if (!chosenIn.has(form)) chosenIn.set(form, kept(form));
    return chosenIn.get(form);
  }

  function sentenceFor(form, ticked) {
    if (ticked === 0) return form.querySelector(".tray").dataset.hint;
    if (ticked + given(form) === 1) return "Tick one more to compare.";
    return `${ticked} tool${ticked > 1 ? "s" : ""} ticked.`;
  }

  function entry(form, slug, name, isOnPage) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    item.append(name, " ", button);
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", `Take ${name} out`);
    button.addEventListener("click", () => {
      chosen(form).delete(slug);
      store(form, chosen(form));
      show(form);
      (boxes(form).find((box) => box.value === slug) || form.querySelector(".tray [type=submit]")).focus();
    });
    if (!isOnPage) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: "tool", value: slug });
      item.append(input);
    }
    return item;
  }

  function show(form, sentence) {
    const tray = form.querySelector(".tray");
    if (!tray) return;
    const status = tray.querySelector("[role=status]");
    tray.dataset.hint ||= status.textContent;
    const ticked = chosen(form);
    const onPage = new Set(boxes(form).map((box) => box.value));
    for (const box of boxes(form)) box.checked = ticked.has(box.value);
    const list = tray.querySelector("[data-chosen]");
    list.replaceChildren(...[...ticked].map(([slug, name]) => entry(form, slug, name, onPage.has(slug))));
    list.hidden = ticked.size === 0;
    tray.classList.toggle("is-filled", ticked.size > 0);
    const count = ticked.size + given(form);
    const button = tray.querySelector("[type=submit]");
    button.dataset.idle ||= button.textContent;
    button.textContent = count > 1 ? `Compare ${count} tools` : button.dataset.idle;
    status.textContent = sentence || sentenceFor(form, ticked.size);
  }

  document.addEventListener("change", ({ target }) => {
    const form = target.closest("form[data-compare-tray]");
    if (!form || target.name !== "tool" || target.type !== "checkbox") return;
    const ticked = chosen(form);
    let sentence;
    if (!target.checked) ticked.delete(target.value);
    else if (ticked.size + given(form) < MOST) ticked.set(target.value, target.dataset.name);
    else sentence = "Four are the most that fit side by side: take one out first.";
    store(form, ticked);
    show(form, sentence);
  });

  document.addEventListener("submit", ({ target }) => {
    if (target.matches("form[data-compare-tray]")) store(target, new Map());
  });

  function prepare(root) {
    for (const form of root.querySelectorAll("form[data-compare-tray]")) {
      for (const box of boxes(form)) if (box.checked) chosen(form).set(box.value, box.dataset.name);
      show(form);
    }
  }

  // A page that the browser brings back from its memory shows what was ticked there, compared or not.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-compare-tray]")) store(form, chosen(form));
  });

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const form = target.closest("form[data-compare-tray]");
    if (form) show(form);
    else prepare(target);
  });
})();
