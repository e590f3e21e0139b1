// What a visitor does, votes and bookmarks, goes out one after the other, and the last press wins.
// The first answer brings the cookie that says who acts. Until it is there, a random word of this browser's own stands for it:
// whoever leaves the page before the answer, or acts in two tabs at once, is still one visitor.
(() => {
  "use strict";

  const ACTS = "form.vote, .bookmark-btn";
  const WORD = "first-act";
  const link = document.getElementById("bookmarks-link");

  let acting = null; // what is under way
  let waiting = []; // what was pressed meanwhile, in that order

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

  function actOf(elt, { submitter }) {
    const button = submitter || elt;
    return { elt, button, value: button.value, address: button.getAttribute("formaction") || button.form.action };
  }

  function begin(act) {
    acting = act;
    document.dispatchEvent(new Event("act:begun"));
  }

  function end() {
    acting = null;
    while (!acting && waiting.length) goOn(waiting.shift());
    if (!acting) document.dispatchEvent(new Event("act:ended"));
  }

  function goOn(next) {
    if (next.elt === link) return next.issueRequest(true);
    // Pressed once more and not sent as it stood: the button may have been swapped, and htmx forgets which of a form's buttons
    // it was when another has the focus.
    const button = document.getElementById(next.button.id);
    if (button && button.value === next.value) return button.click();
    begin(next);
    document.dispatchEvent(new Event("act:unseen"));
    next.send().then(({ type }) => type === "opaqueredirect" && forgetWord()).catch(() => null).then(end);
  }

  function withSend(act) {
    const body = new URLSearchParams(new FormData(act.button.form, act.button));
    const send = () => fetch(act.address, { method: "POST", body, headers: word({ isNew: true }), redirect: "manual", keepalive: true });
    return { ...act, send };
  }

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent, issueRequest } = event.detail;
    if (!acting || !(elt === link || elt.matches(ACTS))) return;
    event.preventDefault();
    if (elt === link) return waiting.push({ elt, issueRequest });
    const act = actOf(elt, triggeringEvent);
    waiting = waiting.filter(({ address }) => address !== act.address);
    const isDoubleClick = acting.address === act.address && acting.value === act.value;
    if (!isDoubleClick) waiting.push(withSend(act));
  });

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const isAct = detail.elt.matches(ACTS);
    if (isAct || detail.elt === link || detail.elt.closest("#yours, #bookmark-count")) Object.assign(detail.headers, word({ isNew: isAct }));
  });

  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr, requestConfig } }) => {
    const isAct = elt.matches(ACTS);
    if (isAct) begin(actOf(elt, requestConfig.triggeringEvent));
    // Not htmx's own event, which nobody hears when the list around the element was swapped meanwhile.
    xhr.addEventListener("loadend", () => {
      if (xhr.getResponseHeader("HX-Trigger")?.includes("visitor:known")) forgetWord();
      if (isAct) end();
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
