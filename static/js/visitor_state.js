// What is personal on a page is asked for once it has loaded, and is never older than what was pressed.
(() => {
  "use strict";

  // About the tools on the page, or how many bookmarks there are.
  const ASKERS = ["#visitor-state [hx-get]", "#bookmark-count[hx-get]"];
  const asker = () => document.querySelector(ASKERS[0]) || document.querySelector(ASKERS[1]);
  const refresh = () => asker() && window.htmx.trigger(asker(), "refresh");

  let isActionUnderWay = false;
  let asking = null; // who asks
  let isStale = false; // something was pressed while it was asked

  function catchUp() {
    if (!isStale || isActionUnderWay || asking) return;
    isStale = false;
    refresh();
  }

  document.addEventListener("action:sent", () => {
    isActionUnderWay = true;
    isStale ||= asking !== null;
  });
  document.addEventListener("action:unseen", () => { isStale = true; }); // its answer changes nothing on the page
  document.addEventListener("action:answered", () => {
    isActionUnderWay = false;
    catchUp();
  });

  document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
    if (!elt.matches(ASKERS.join())) return;
    asking = elt;
    isStale = isActionUnderWay;
    xhr.addEventListener("loadend", () => {
      if (asking === elt) asking = null;
      catchUp();
    });
  });

  // An answer that was under way while somebody pressed a button is older than what was pressed: it is dropped, and asked for
  // again. One about a list that is gone has no place.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt } = detail.requestConfig;
    if (elt.matches(ASKERS.join()) && (isStale || !elt.isConnected)) detail.shouldSwap = false;
  });

  // A block that stays as it is stays in its place: a button that is being pressed must not go away under the finger.
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (detail.fragment.firstElementChild?.isEqualNode(detail.target)) detail.shouldSwap = false;
  });

  // The table of a comparison says what the vote's own block says.
  document.addEventListener("htmx:load", ({ detail: { elt } }) => {
    const words = elt.matches("form.vote") && document.getElementById(elt.id.replace("vote-", "community-words-"));
    if (words) words.textContent = elt.querySelector(".community-words").textContent;
  });

  // A page that comes back from the browser's memory may show a vote that has changed since: ask again.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && window.htmx) refresh();
  });
})();
