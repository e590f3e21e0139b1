// What a visitor does, votes and bookmarks, goes out one after the other. The first answer brings the cookie that says who
// acts: two first acts at once would be two visitors, and what one of them did would be gone from this browser.
// What is personal on the page is never older than what was pressed.
(() => {
  "use strict";

  const link = document.getElementById("bookmarks-link");
  const isAct = (elt) => elt.matches("form.vote, .bookmark-btn");

  let acting = null; // the element whose act is under way
  let waiting = []; // {elt, button, go}, in the order in which they were pressed

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent, issueRequest } = event.detail;
    if (!acting || (!isAct(elt) && elt !== link)) return;
    event.preventDefault();
    if (elt === acting || waiting.some((each) => each.elt === elt)) return; // a double click is one act
    // htmx forgets which of a form's buttons was pressed as soon as another one has the focus.
    const button = elt === link ? null : (triggeringEvent.submitter || elt);
    waiting.push({ elt, button, go: () => (elt === link ? issueRequest(true) : button.click()) });
  });

  function goOn() {
    while (!acting && waiting.length) waiting.shift().go();
  }

  // Who leaves the page in the meantime has pressed all the same.
  window.addEventListener("pagehide", () => {
    for (const { button } of waiting.filter((each) => each.button)) {
      const address = button.getAttribute("formaction") || button.form.action;
      fetch(address, { method: "POST", body: new URLSearchParams(new FormData(button.form, button)), keepalive: true });
    }
    waiting = [];
  });

  // What is personal is asked for when the page has loaded. An answer that was under way while somebody pressed a button is
  // older than what was pressed: it is dropped and asked for again.
  const asker = () => document.querySelector("#yours [hx-get]") || document.querySelector("#bookmark-count[hx-get]");
  let isAsking = false;
  let isStale = false;

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (isAct(detail.elt)) {
      acting = detail.elt;
      isStale ||= isAsking;
    } else if (detail.elt === asker()) {
      isAsking = true;
      isStale = Boolean(acting);
    }
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.elt === asker() && isStale) detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const { elt } = detail.requestConfig; // `detail.elt` is a neighbour once the element itself was swapped
    if (elt === acting) {
      acting = null;
      goOn();
    } else if (elt === asker()) {
      isAsking = false;
    }
    if (isStale && !isAsking && !acting && asker()) {
      isStale = false;
      window.htmx.trigger(asker(), "refresh");
    }
  });

  // A page that comes back from the browser's memory may show a vote that has changed since: ask again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && window.htmx && asker()) window.htmx.trigger(asker(), "refresh");
  });
})();
