/* Forms that change something: sent once, not left by accident, and a date that says what it stands for. */
(() => {
  "use strict";
  const LEAVE = "What you typed is not saved. Leave it?";
  const changed = new Set();

  const changesThings = (form) => form.method === "post" || form.hasAttribute("hx-post");
  const unsaved = () => [...changed].some((form) => form.isConnected);

  /* an empty form that came with an answer, for the next comment say, is nothing to lose */
  const holdsSomething = (form) => [...form.elements].some((field) =>
    (field.matches("textarea, input:not([type=hidden], [type=checkbox], [type=radio])") ? field.value : field.checked));

  function setSending(form, sending) {
    form.toggleAttribute("data-sending", sending);
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
      button.setAttribute("aria-disabled", String(sending));
    }
  }

  /* aria-disabled, not disabled: a disabled button would neither be sent with the form nor keep the focus */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!changesThings(form)) return;
    if (form.hasAttribute("data-sending")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    changed.delete(form);
    setSending(form, true);
  }, true);

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-sending]");
    if (!form) return;
    setSending(form, false);
    if (!event.detail.successful && form.isConnected && form.matches("[data-guard]")) changed.add(form);
  });
  /* whoever sent a long form stands at its end, and would not see what is said above */
  function showWrong(form) {
    const told = form.querySelector("[role=alert]");
    const wrong = form.querySelector("[aria-invalid=true]:not([type=hidden])") || told;
    if (wrong === told) told?.setAttribute("tabindex", "-1");
    wrong?.focus();
  }
  /* a form that came back, with errors, a conflict or more to choose from, holds typed text that is not saved */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.verb !== "post") return;
    const sent = new URL(event.detail.pathInfo.requestPath, location.href).pathname;
    for (const form of event.detail.elt.querySelectorAll("form[data-guard]")) {
      if (new URL(form.action).pathname === sent && holdsSomething(form)) changed.add(form);
      if (event.detail.xhr.status >= 400) showWrong(form);
    }
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) setSending(form, false);
  });

  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => {
      const form = event.target.closest("form[data-guard]");
      if (form) changed.add(form);
      hints();
    });
  }
  addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });
  /* the same for what would be swapped away; a request from inside the form, a search for a quote say, goes on */
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target } = event.detail;
    const lost = [...changed].filter(
      (form) => form.isConnected && target?.contains(form) && !(form.contains(elt) && !elt.closest("a")));
    if (!lost.length) return;
    if (confirm(LEAVE)) lost.forEach((form) => changed.delete(form));
    else event.preventDefault();
  });
  /* asked by the panel before it closes */
  document.addEventListener("parley:closing", (event) => {
    if (!unsaved()) return;
    if (confirm(LEAVE)) changed.clear();
    else event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const cancel = event.target.closest("a[data-discard]");
    if (cancel) changed.delete(cancel.closest("form"));
  }, true);

  /* held from: what the chosen precision makes of the date */
  const text = (date, options) => date.toLocaleDateString("en-GB", { timeZone: "UTC", ...options });

  function meaning(date, precision) {
    const day = { day: "numeric", month: "long", year: "numeric" };
    if (precision === "month") return `Some time in ${text(date, { month: "long", year: "numeric" })}; stands from its last day, or today if that is earlier.`;
    if (precision === "year") return `Some time in ${text(date, { year: "numeric" })}; stands from its last day, or today if that is earlier.`;
    if (precision === "by") return `There by ${text(date, day)} at the latest; the start is not known.`;
    return `Since ${text(date, day)}.`;
  }

  function hint(choice) {
    const place = choice.closest(".field").querySelector("[data-precision-hint]");
    const date = document.getElementById(choice.dataset.precisionFor)?.valueAsDate;
    const said = date ? meaning(date, choice.value) : "";
    if (place && place.textContent !== said) place.textContent = said;
  }

  function hints() {
    for (const choice of document.querySelectorAll("[data-precision-for]")) hint(choice);
  }
  document.addEventListener("htmx:afterSettle", hints);
  hints();
})();
