// Suggests tools while somebody types a name, with the keys of a combobox: arrows choose, Enter takes, Escape closes.
// htmx fetches the suggestions; without this script the fields are plain and the next page helps to find the tool.
(() => {
  "use strict";

  const parts = (element) => {
    const field = element.closest("[data-pick]");
    return field && { input: field.querySelector("input"), list: field.querySelector(".options"), status: field.querySelector("[role=status]") };
  };
  const options = (list) => [...list.querySelectorAll("[role=option]")];
  const current = (list) => list.querySelector("[role=option][aria-selected=true]");

  function prepare(root) {
    for (const field of root.querySelectorAll("[data-pick]:not([data-ready])")) {
      const { input, list } = parts(field);
      field.dataset.ready = "";
      list.setAttribute("role", "listbox");
      for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
        input.setAttribute(name, value);
      }
    }
  }

  const showStatus = (status, isSeen) => { status.className = isSeen ? "none-found" : "visually-hidden"; };

  function close({ input, list, status }) {
    showStatus(status, false);
    list.hidden = true;
    list.replaceChildren(); // two lists on one page would hold the same ids
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark({ input, list }, option) {
    for (const each of options(list)) each.setAttribute("aria-selected", each === option ? "true" : "false");
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function choose(field, option) {
    field.input.value = field.input.dataset.settled = option.dataset.name;
    field.status.textContent = `${option.dataset.name} chosen.`;
    close(field);
    field.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // A name was taken, or Escape pressed, with this text: what was asked about it may still be answered, and the list stays closed.
  const isSettled = ({ input }) => input.value === input.dataset.settled;

  // What is typed is asked for as `q`, whatever the field is called in its own form.
  document.addEventListener("htmx:configRequest", (event) => {
    const field = event.target.matches("[data-pick] input") && parts(event.target);
    if (!field) return;
    const typed = field.input.value.trim();
    event.detail.parameters = { q: typed, list: field.input.id };
    if (!typed || isSettled(field)) {
      event.preventDefault();
      close(field);
    }
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const field = event.target.matches(".options") && parts(event.target);
    if (!field) return;
    const isWanted = document.activeElement === field.input && !isSettled(field);
    if (!isWanted || event.detail.xhr.status !== 200) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const field = event.target.matches(".options") && parts(event.target);
    if (!field) return;
    if (!field.input.value.trim()) return close(field); // emptied while the answer was on its way
    const found = options(field.list).length;
    field.list.hidden = found === 0;
    field.input.setAttribute("aria-expanded", String(found > 0));
    field.input.removeAttribute("aria-activedescendant");
    showStatus(field.status, found === 0);
    field.status.textContent = found === 0 ? "No tool found." : `${found} tool${found > 1 ? "s" : ""} found.`;
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target.matches("[data-ready] input") && parts(event.target);
    if (!field || event.isComposing || event.ctrlKey || event.metaKey) return;
    const shown = options(field.list);
    const marked = current(field.list);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (shown.length === 0) {
        delete field.input.dataset.settled;
        return htmx.trigger(field.input, "suggest");
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = marked ? shown.indexOf(marked) : step > 0 ? -1 : 0;
      mark(field, shown[(from + step + shown.length) % shown.length]);
    } else if (event.key === "Enter" && marked) {
      event.preventDefault();
      choose(field, marked);
    } else if (event.key === "Escape") {
      if (shown.length || field.status.className === "none-found") event.preventDefault();
      field.input.dataset.settled = field.input.value;
      close(field);
    } else if (event.key === "Tab" && shown.length) {
      if (marked) choose(field, marked);
      else close(field);
    }
  });

  // What was marked among the names for an earlier text is not what is meant now.
  document.addEventListener("input", (event) => {
    const field = event.target.matches("[data-ready] input") && parts(event.target);
    if (!field) return;
    delete field.input.dataset.settled;
    mark(field, null);
  });

  // A press on an option must not take the focus away before the click arrives.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".options")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const option = event.target.closest(".options [role=option]");
    if (option) choose(parts(option), option);
  });

  document.addEventListener("focusout", (event) => {
    const field = event.target.matches("[data-ready] input") && parts(event.target);
    if (field) close(field);
  });

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:load", (event) => prepare(event.target));
})();
