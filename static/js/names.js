/* The user names that a comment may call are buttons: one puts its name into the comment that was typed in last. */
(() => {
  "use strict";
  let last = null;

  function insert(name, talk) {
    const field = last?.isConnected && talk.contains(last) ? last : [...talk.querySelectorAll("textarea")].pop();
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}${name} `, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function enliven() {
    for (const name of document.querySelectorAll("span[data-name]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = name.textContent;
      button.addEventListener("click", () => insert(button.textContent, button.closest(".talk")));
      name.replaceWith(button);
    }
  }

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".talk textarea")) last = target;
  });
  document.addEventListener("htmx:afterSettle", enliven);
  enliven();
})();
