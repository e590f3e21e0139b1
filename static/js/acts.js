// What a visitor does, votes and bookmarks, goes out one after the other. The first answer brings the cookie that says who
// acts: two first acts at once would be two visitors, and what one of them did would be gone from this browser.
// What is personal on the page is never older than what was pressed.
(() => {
  "use strict";

  const ACTS = "form.vote, .bookmark-btn";
  // What is personal is asked for once a page has loaded: about the tools in it, or how many bookmarks there are.
  const ASKERS = ["#yours [hx-get]", "#bookmark-count[hx-get]"];
  const asker = () => document.querySelector(ASKERS[0]) || document.querySelector(ASKERS[1]);
  const link = document.getElementById("bookmarks-link");

  let acting = null; // whose act is under way
  let waiting = []; // what was pressed meanwhile, in that order
  let asking = null; // who asks
  let isStale = false; // something was pressed while it was asked

  function pressed(elt, button) {
    const address = button.getAttribute("formaction") || button.form.action;
    const body = new URLSearchParams(new FormData(button.form, button));
    const send = () => fetch(address, { method: "POST", body, redirect: "manual", keepalive: true });
    // Pressed once more and not sent as it stood: htmx forgets which of a form's buttons it was when another has the focus.
    // A button whose list was swapped meanwhile can't be pressed any more.
    const go = () => {
      if (button.isConnected) return button.click();
      acting = elt;
      isStale = true;
      send().catch(() => null).then(() => ended(elt));
    };
    return { elt, send, go };
  }

  function ended(elt) {
    if (acting === elt) acting = null;
    if (asking === elt) asking = null;
    while (!acting && waiting.length) waiting.shift().go();
    if (!isStale || asking || acting || !asker()) return;
    isStale = false;
    window.htmx.trigger(asker(), "refresh");
  }

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent, issueRequest } = event.detail;
    if (!acting || !(elt === link || elt.matches(ACTS))) return;
    event.preventDefault();
    if (elt === acting || waiting.some((each) => each.elt === elt)) return; // a double click is one act
    waiting.push(elt === link ? { elt, go: () => issueRequest(true) } : pressed(elt, triggeringEvent.submitter || elt));
  });

  // Who leaves the page in the meantime has pressed all the same.
  window.addEventListener("pagehide", () => {
    for (const { send } of waiting) if (send) send();
    waiting = [];
  });

  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
    if (elt.matches(ACTS)) {
      acting = elt;
      isStale ||= asking !== null;
    } else if (elt.matches(ASKERS.join())) {
      asking = elt;
      isStale = acting !== null;
    } else {
      return;
    }
    // Not htmx's own event, which nobody hears when the list around the element was swapped meanwhile.
    xhr.addEventListener("loadend", () => ended(elt));
  });

  // An answer that was under way while somebody pressed a button is older than what was pressed: it is dropped, and asked for
  // again. One about a list that is gone has no place.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt } = detail.requestConfig;
    if (elt.matches(ASKERS.join()) && (isStale || !elt.isConnected)) detail.shouldSwap = false;
  });

  // A page that comes back from the browser's memory may show a vote that has changed since: ask again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && window.htmx && asker()) window.htmx.trigger(asker(), "refresh");
  });
})();
