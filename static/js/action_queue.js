// The queue of what a visitor does: votes and bookmarks are sent one after the other, and the last press wins.
// The first answer brings the cookie that says who acts. Until it is there, a random word of this browser's own stands for it:
// whoever leaves the page before the answer, or acts in two tabs at once, is still one visitor.
(() => {
  "use strict";

  const ACTION_BUTTONS = "form.vote, .bookmark-btn";
  const WORD = "first-act";
  const link = document.getElementById("bookmarks-link");

  let underWay = null; // the action that was sent and not answered yet
  let waiting = []; // the actions pressed meanwhile, in that order

  function word({ isNew }) {
    try {
      if (isNew && !localStorage[WORD]) {
        localStorage[WORD] = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      }
      return localStorage[WORD] ? { "X-First-Act": localStorage[WORD] } : {};
    } catch {
      return {}; // a browser that stores nothing
    }
  }

  function forgetWord() {
    try {
      delete localStorage[WORD];
    } catch {
      // as above
    }
  }

  function actionOf(elt, { submitter }) {
    const button = submitter || elt;
    return { elt, button, value: button.value, address: button.getAttribute("formaction") || button.form.action };
  }

  function start(action) {
    underWay = action;
    document.dispatchEvent(new Event("action:sent"));
  }

  function finish() {
    underWay = null;
    while (!underWay && waiting.length) sendNext(waiting.shift());
    if (!underWay) document.dispatchEvent(new Event("action:answered"));
  }

  function sendNext(next) {
    if (next.elt === link) return next.issueRequest(true);
    // Pressed once more and not sent as it stood: the button may have been swapped, and htmx forgets which of a form's buttons
    // it was when another has the focus.
    const button = document.getElementById(next.button.id);
    if (button && button.value === next.value) return button.click();
    start(next);
    document.dispatchEvent(new Event("action:unseen"));
    next.send().then(({ type }) => type === "opaqueredirect" && forgetWord()).catch(() => null).then(finish);
  }

  function withSend(action) {
    const body = new URLSearchParams(new FormData(action.button.form, action.button));
    const send = () => fetch(action.address, { method: "POST", body, headers: word({ isNew: true }), redirect: "manual", keepalive: true });
    return { ...action, send };
  }

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent, issueRequest } = event.detail;
    if (!underWay || !(elt === link || elt.matches(ACTION_BUTTONS))) return;
    event.preventDefault();
    if (elt === link) return waiting.push({ elt, issueRequest });
    const action = actionOf(elt, triggeringEvent);
    waiting = waiting.filter(({ address }) => address !== action.address);
    const isDoubleClick = underWay.address === action.address && underWay.value === action.value;
    if (!isDoubleClick) waiting.push(withSend(action));
  });

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const isAction = detail.elt.matches(ACTION_BUTTONS);
    if (isAction || detail.elt === link || detail.elt.closest("#visitor-state, #bookmark-count")) Object.assign(detail.headers, word({ isNew: isAction }));
  });

  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr, requestConfig } }) => {
    const isAction = elt.matches(ACTION_BUTTONS);
    if (isAction) start(actionOf(elt, requestConfig.triggeringEvent));
    // Not htmx's own event, which nobody hears when the list around the element was swapped meanwhile.
    xhr.addEventListener("loadend", () => {
      if (xhr.getResponseHeader("HX-Trigger")?.includes("visitor:known")) forgetWord();
      if (isAction) finish();
    });
  });

  // Who asks to be forgotten is forgotten under that word too.
  document.addEventListener("submit", ({ target }) => {
    const field = target.querySelector("[name=first_act]");
    if (!field) return;
    field.value = word({ isNew: false })["X-First-Act"] || "";
    forgetWord();
  });

  // Who leaves the page in the meantime has pressed all the same. What was under way may reach the site after this.
  window.addEventListener("pagehide", () => {
    for (const { send } of waiting) if (send) send();
    waiting = [];
  });
})();
