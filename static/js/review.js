/* Keys on the page of a proposal; off in fields, and for good where the reader turned them off. */
(() => {
  "use strict";
  const keysOff = () => { try { return localStorage.getItem("parley-keys-off") === "1"; } catch { return false; } };
  const follow = (rel) => document.querySelector(`main a[rel=${rel}]`)?.click();
  const goTo = (element) => { element?.focus(); element?.scrollIntoView({ block: "nearest" }); };

  const KEYS = {
    n: () => follow("next"),
    p: () => follow("prev"),
    a: () => goTo(document.querySelector("[data-accept]")),
    c: () => goTo(document.querySelector("main textarea[name=comment]")),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keysOff()) return;
    if (document.querySelector("dialog[open]") || event.target.closest("input, select, textarea")) return;
    if (!KEYS[event.key]) return;
    KEYS[event.key]();
    event.preventDefault();
  });
})();
