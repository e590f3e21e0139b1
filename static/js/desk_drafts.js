// Unsaved work: a question before leaving, and drafts in this browser that are offered after a crash or a lost session.
// A draft belongs to an account, a page and the version the page showed. It is deleted when the page is saved, when its
// editor says so or signs out, and after a week. Passwords and tokens are never in it.
(() => {
  "use strict";

  const PREFIX = "draft:";
  const SENT = "draft-sent"; // in this tab: the draft of the form that is on its way to the server
  const WEEK = 7 * 24 * 3600 * 1000; // milliseconds
  const MOST = 20;
  const PAUSE = 400; // milliseconds without a key
  const SECRET = /password|passphrase|token|secret|credential/i;
  const { account } = document.currentScript.dataset;
  const store = window.localStorage;
  const ofAccount = `${PREFIX}${account}:`;

  // --- Drafts of this browser ------------------------------------------------------------------------------------

  function drafts(start) {
    const found = [];
    for (const name of Object.keys(store)) {
      if (!name.startsWith(start)) continue;
      try {
        found.push({ name, ...JSON.parse(store.getItem(name)) });
      } catch {
        store.removeItem(name);
      }
    }
    return found.sort((one, other) => other.at - one.at);
  }

  function forget(those) {
    for (const draft of those) store.removeItem(draft.name);
  }

  forget(drafts(PREFIX).filter((draft, place) => place >= MOST || !(Date.now() - draft.at < WEEK)));
  document.getElementById("logout-form")?.addEventListener("submit", () => forget(drafts(ofAccount)));

  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const isSaved = sent && document.querySelector(".messagelist .success");
  if (isSaved) forget(drafts(sent.split(":", 3).join(":")));

  // --- The form of this page -------------------------------------------------------------------------------------

  const place = document.getElementById("draft-offer");
  const form = place?.closest("form");
  if (!form) return;
  const page = location.pathname;
  const version = form.elements.version?.value ?? "";
  const key = `draft:${account}:${page}:${version}:${Date.now()}`;

  function isKept(field) {
    return field.name && !SECRET.test(field.name) && !["password", "file", "submit", "button"].includes(field.type);
  }

  function typed() {
    const found = [];
    for (const field of form.elements) {
      if (!isKept(field)) continue;
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) found.push([field.name, field.value]);
      } else if (field.type === "select-multiple") {
        for (const option of field.selectedOptions) found.push([field.name, option.value]);
      } else {
        found.push([field.name, field.value.replace(/\r\n/g, "\n")]);
      }
    }
    return found;
  }

  // Without what the page says of itself, which is not typed.
  function compared(fields) {
    return JSON.stringify(fields.filter(([name]) => !["version", "shown", "asked", "warnings_seen"].includes(name)));
  }

  // What the page shows is saved, unless the server sent back what was typed.
  const saved = place.dataset.unsaved ? "" : JSON.stringify(typed());
  const isChanged = () => JSON.stringify(typed()) !== saved;
  let isLeaving = false;
  let pause;

  function keep() {
    clearTimeout(pause);
    if (!isChanged()) {
      store.removeItem(key);
      return;
    }
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: typed() }));
    } catch {
      forget(drafts(PREFIX).slice(-1)); // no room: the oldest goes, and the next key press tries again
    }
  }

  function keepSoon() {
    clearTimeout(pause);
    pause = setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", keepSoon);
  form.addEventListener("change", keepSoon);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  form.addEventListener("submit", (event) => {
    keep();
    if (event.submitter?.formTarget) return; // a preview: this page stays
    isLeaving = true;
    sessionStorage.setItem(SENT, key);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && isChanged()) {
      keep();
      event.preventDefault();
    }
  });

  // --- The offer -------------------------------------------------------------------------------------------------

  const [words, take, drop] = ["p", "[data-take]", "[data-drop]"].map((each) => place.querySelector(each));

  function addRows(fields) {
    for (const [name, value] of fields) {
      const total = name.endsWith("-TOTAL_FORMS") && form.elements[name];
      const button = total && document.querySelector(`#${CSS.escape(name.replace("-TOTAL_FORMS", "-group"))} .add-row a`);
      for (let rows = button ? Number(total.value) : Infinity; rows < Number(value); rows += 1) button.click();
    }
  }

  function put(fields) {
    addRows(fields);
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!isKept(field)) continue;
      const given = values.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = given?.includes(field.value) ?? false;
      else if (field.type === "select-multiple") {
        for (const option of field.options) option.selected = given?.includes(option.value) ?? false;
      } else if (given) field.value = given[0];
      else continue;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function offer() {
    const now = compared(typed());
    const waiting = drafts(`${ofAccount}${page}:`).filter((each) => each.name !== key);
    const draft = waiting.find((each) => compared(each.fields) !== now);
    place.hidden = !draft;
    if (!draft) return;
    const isOlder = !draft.name.startsWith(`${ofAccount}${page}:${version}:`);
    words.textContent =
      `What you typed here on ${new Date(draft.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}` +
      ` was not saved.${isOlder ? " The page was saved since then: you will be asked about what both changed." : ""}`;
    take.onclick = () => {
      put(draft.fields);
      keep();
      forget([draft]);
      place.hidden = true;
    };
    drop.onclick = () => {
      forget([draft]);
      offer();
    };
  }

  if (place.dataset.unsaved && sent?.startsWith(`${ofAccount}${page}:`)) {
    keep(); // the server sent back what was typed: it goes on here
    store.removeItem(sent);
  }
  offer();
})();
