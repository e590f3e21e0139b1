// What is said below the newsletter's form may be about the address that was typed into it.
(() => {
  "use strict";

  document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
    const field = requestConfig.elt.querySelector("#letter-email");
    if (field) field.setAttribute("aria-invalid", xhr.status === 422);
  });
})();
