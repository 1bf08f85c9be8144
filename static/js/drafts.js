/* What is typed survives a closed window and a lost session. A moment after typing stops the server keeps it as a draft;
   until it has, this browser does, for its user alone, and forgets it when they sign out or somebody else signs in. */
(() => {
  "use strict";
  const PAUSE = 1500;
  const LARGEST_BEACON = 60_000;  /* bytes that a page may still send while it is left */
  const PATIENCE = 60_000;  /* ms that another window may wait for the answer to what it sent */
  const PREFIX = "parley-typed:";
  const user = document.body.dataset.user || "";
  const timers = new WeakMap();
  const waiting = new Set();  /* forms with words in them that the server has not got */

  const keyOf = (form) => form.elements.key?.value || "";
  const pathOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
  const nameOf = (form) => `${PREFIX}${user}:${pathOf(form)}:${keyOf(form)}`;
  const forms = () => [...document.querySelectorAll("form[data-keep]")];

  const SECRET = ["csrfmiddlewaretoken", "password"];
  function fieldsOf(form) {
    return [...new FormData(form)].filter(([name, value]) => !SECRET.includes(name) && typeof value === "string");
  }

  /* --- in this browser; a private window may refuse, and then there is only the server */
  function names() {
    try { return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)); } catch { return []; }
  }
  function read(name) {
    try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
  }
  function write(name, entry) {
    try { localStorage.setItem(name, JSON.stringify(entry)); return true; } catch { return false; }
  }
  function forget(name) {
    try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
  }
  function keepHere(form, sent = "") {
    return user && write(nameOf(form), { at: Date.now(), fields: fieldsOf(form), sent });
  }

  /* windows share what this browser keeps, and only the one that sent a form knows what became of it */
  function thisWindow() {
    try {
      const name = sessionStorage.getItem("parley-window") || `${Date.now()}-${Math.random()}`;
      sessionStorage.setItem("parley-window", name);
      return name;
    } catch { return "this"; }
  }

  /* --- on the server */
  function tell(form, sentence) {
    const place = form.querySelector("[data-kept]");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }

  /* after signing in once more in another window, the forms of this one carry a token that is refused */
  function token(form) {
    const cookie = document.cookie.split("; ").find((each) => /csrf/i.test(each.split("=")[0]));
    return cookie?.split("=")[1] || form.elements.csrfmiddlewaretoken?.value || "";
  }

  async function send(address, fields, csrf, options = {}) {
    const data = new URLSearchParams(fields);
    data.delete("act");
    data.set("csrfmiddlewaretoken", csrf);
    for (const [name, value] of Object.entries(options.more || {})) data.set(name, value);
    const leaving = Boolean(options.leaving) && String(data).length < LARGEST_BEACON;
    const answer = await fetch(address, {
      method: "POST", body: data, headers: { "HX-Request": "true", "HX-Current-URL": location.href }, keepalive: leaving,
    });
    if (!answer.ok || answer.headers.get("HX-Redirect")) throw new Error("not kept");
    return (await answer.text()).trim();
  }

  async function keep(form, options) {
    clearTimeout(timers.get(form));
    if (!form.dataset.keep || !form.isConnected || form.hasAttribute("data-sending")) return;
    waiting.delete(form);
    const name = nameOf(form);
    const before = read(name)?.at;
    try {
      const said = await send(form.dataset.keep, fieldsOf(form), token(form), options);
      if (read(name)?.at === before) forget(name);
      tell(form, said);
    } catch {
      waiting.add(form);
      tell(form, before ? "Kept in this browser only: the server did not take it." : "Not kept: the server did not take it.");
    }
  }

  function typed(form) {
    keepHere(form);
    if (!form.dataset.keep) return;
    waiting.add(form);
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(keep, PAUSE, form));
  }

  for (const event of ["input", "change"]) {
    document.addEventListener(event, ({ target }) => {
      const form = target.form || target.closest?.("form");
      if (form?.matches("[data-keep]")) typed(form);
    });
  }

  function leave() {
    for (const form of waiting) keep(form, { leaving: true });
  }
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
  });

  /* --- sending the form: kept until it is known what became of it */
  addEventListener("submit", ({ target: form }) => {
    if (form.matches("[data-forget]")) names().forEach(forget);
    if (form.elements.csrfmiddlewaretoken && user) form.elements.csrfmiddlewaretoken.value = token(form);
    if (!form.matches("[data-keep]")) return;
    clearTimeout(timers.get(form));
    waiting.delete(form);
    keepHere(form, thisWindow());
  }, true);

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.requestConfig?.elt.closest?.("form[data-keep]");  /* which the answer may have replaced */
    if (!form || detail.requestConfig.verb !== "post") return;
    const name = nameOf(form);
    const lost = detail.xhr.getResponseHeader("HX-Redirect")?.includes("sign-in");
    if (detail.successful && !lost) forget(name);
    else unsend(name);
  });

  function unsend(name) {
    const entry = read(name);
    if (entry?.sent) write(name, { ...entry, sent: "" });
  }

  /* --- what was left behind is offered again */
  function settle() {
    for (const name of names()) if (user && !name.startsWith(`${PREFIX}${user}:`)) forget(name);
    const status = performance.getEntriesByType("navigation")[0]?.responseStatus || 200;
    for (const name of names()) {
      const { sent, at } = read(name) || {};
      if (!sent) continue;
      if (sent === thisWindow() && user && status < 400) forget(name);  /* the answer was a page: it was done */
      else if (sent === thisWindow() || Date.now() - at > PATIENCE) unsend(name);
    }
  }

  const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  function fill(form, fields) {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || SECRET.includes(field.name) || ["button", "submit", "file"].includes(field.type)) continue;
      const values = given.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(values?.includes(field.value));
      else if (field.type === "hidden") continue;  /* the page's own: what it was opened at */
      else if (values) field.value = values.shift() ?? field.value;
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function button(label, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = label;
    made.addEventListener("click", press);
    return made;
  }

  /* tells one from another: the first field that was written in, and how it begins */
  function firstWords(form, fields) {
    for (const [name, value] of fields) {
      const field = form.elements[name];
      if (!field?.matches?.("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")) continue;
      if (!value.trim() || value === field.defaultValue) continue;
      const label = field.labels?.[0]?.firstChild.textContent.trim() || "";
      return `${label}: “${value.length > 80 ? `${value.slice(0, 79)}…` : value}”`;
    }
    return "";
  }

  function offer(form, name, entry) {
    const note = document.createElement("div");
    note.className = "note draft";
    note.setAttribute("role", "status");
    const said = document.createElement("p");
    said.textContent = `What you typed here at ${clock(entry.at)} was not sent. ${firstWords(form, entry.fields)}`;
    const acts = document.createElement("p");
    acts.className = "acts";
    const done = () => { forget(name); note.remove(); };
    acts.append(button("Take it up", () => { fill(form, entry.fields); done(); }), button("Discard", done));
    note.append(said, acts);
    form.before(note);
    addEventListener("storage", ({ key, newValue }) => {  /* another window sent it, or threw it away */
      if (key === name && (!newValue || JSON.parse(newValue).sent)) note.remove();
    });
  }

  async function find(form) {
    if (!user || form.hasAttribute("data-found")) return;
    form.setAttribute("data-found", "");
    const here = new Set(forms().map(nameOf));
    for (const name of names().filter((each) => each.startsWith(`${PREFIX}${user}:${pathOf(form)}:`) && !here.has(each))) {
      const entry = read(name);
      if (!entry || entry.sent) continue;
      if (!form.dataset.keep) {
        offer(form, name, entry);
        continue;
      }
      try {  /* the server keeps it from now on, and offers it like any draft */
        const html = await send(form.dataset.keep, entry.fields, token(form), { more: { offer: "1" } });
        if (read(name)?.at === entry.at) forget(name);  /* a window in which it is open may have typed on */
        const place = document.querySelector("[data-drafts]");
        if (place && html.includes("<form")) {
          place.innerHTML = html;
          window.htmx?.process(place);
        }
      } catch { /* it stays here, and is looked for again next time */ }
    }
  }

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    forms().forEach(find);
    if (detail.requestConfig?.verb !== "post") return;
    for (const form of detail.elt.querySelectorAll("form[data-keep]")) typed(form);  /* it came back, not recorded */
  });
  settle();
  forms().forEach(find);
})();
