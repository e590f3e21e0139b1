// Passkeys: a form with data-passkey asks the browser for one, puts its answer into the form and sends it.
// "sign-in" fetches what is to be signed from the form's own address; the others find it in the page.
(() => {
  "use strict";

  const WORDS = {
    NotAllowedError: "No passkey was used: it was cancelled, took too long, or this device has none for this site.",
    InvalidStateError: "This device holds a passkey for your account already.",
    SecurityError: "Passkeys work at this site's own address only, and over https.",
  };

  async function options(form) {
    if (form.dataset.passkey !== "sign-in") return JSON.parse(document.getElementById("passkey-options").textContent);
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw new Error(answer.status === 429 ? "There were too many attempts. Please wait a few minutes." : "");
    return answer.json();
  }

  async function answerOf(form) {
    const given = await options(form);
    if (form.dataset.passkey !== "add") return webauthnJSON.get(given.request_options);
    const asked = given.creation_options;
    const alone = form.elements.passwordless?.checked ?? false;
    asked.publicKey.authenticatorSelection.residentKey = alone ? "required" : "discouraged";
    asked.publicKey.authenticatorSelection.requireResidentKey = alone;
    if (alone) asked.publicKey.authenticatorSelection.userVerification = "required";
    return webauthnJSON.create(asked);
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector(".problem");
    if (!webauthnJSON.supported()) {
      problem.textContent = "This browser knows no passkeys.";
      continue;
    }
    form.querySelector("button").hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.textContent = "";
      form.elements.credential.value = "";
      try {
        form.elements.credential.value = JSON.stringify(await answerOf(form));
        HTMLFormElement.prototype.submit.call(form);
      } catch (error) {
        problem.textContent = WORDS[error.name] || error.message || "That did not work. Please try again.";
      }
    });
  }
})();
