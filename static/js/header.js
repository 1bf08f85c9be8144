/* The head bar: light or dark, the account menu, and the current section brought into view on a narrow screen. */
(() => {
  "use strict";
  const root = document.documentElement;
  const YEAR = 365 * 24 * 60 * 60;

  const isDark = () =>
    (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  function changeTheme() {
    root.dataset.theme = isDark() ? "light" : "dark";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  }

  function ready() {
    for (const button of document.querySelectorAll("[data-theme-button]")) button.hidden = false;
    const nav = document.querySelector(".bar nav");
    const current = nav?.querySelector("[aria-current]");
    if (current) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-button]")) changeTheme();
    closeMenus(event.target.closest("details.menu"));
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (!menu) return;
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("htmx:historyRestore", ready);
  ready();
})();
