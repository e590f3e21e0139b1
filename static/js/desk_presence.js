// Says every half minute that this form is open, and shows who else has it open. A form that is merely read says
// nothing; without this script nobody is told, and saving still keeps both editors' changes.
(() => {
  "use strict";

  const BEAT = 30_000; // milliseconds
  const place = document.getElementById("open-elsewhere");
  if (!place) return;
  const { url } = place.dataset;

  function said(more) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("page", location.pathname);
    for (const name of more) body.set(name, "yes");
    return body;
  }

  function show(words) {
    if (place.textContent !== words) place.textContent = words;
    place.hidden = words === "";
  }

  async function beat() {
    let answer;
    try {
      answer = await fetch(url, { method: "POST", body: said([]), redirect: "manual" });
    } catch {
      return; // the network is down for a moment: the next beat tells
    }
    if (answer.ok) {
      const { others } = await answer.json();
      const names = others.length > 1 ? `${others.slice(0, -1).join(", ")} and ${others.at(-1)}` : others.join("");
      show(names && `${names} ${others.length > 1 ? "have" : "has"} this page open too.`);
    } else if (answer.type === "opaqueredirect" || answer.status === 403) {
      show("You have been signed out. Sign in in another tab before you save; what you typed stays here.");
    }
  }

  beat();
  setInterval(beat, BEAT);
  addEventListener("pagehide", () => navigator.sendBeacon(url, said(["closed"])));
  addEventListener("pageshow", (event) => event.persisted && beat());
})();
