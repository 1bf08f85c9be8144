/* The panel beside the board: opening shows and names it, closing gives the room and the focus back. */
(() => {
  "use strict";
  const NARROW = matchMedia("(max-width: 60rem)");
  let boardTitle = document.title;

  const panel = () => document.getElementById("panel");
  const stage = () => document.getElementById("stage");
  const shown = () => panel()?.querySelector("[data-cell]")?.dataset.cell;

  /* which cell of the board is open; again after each swap, as the board may be new */
  function markCell() {
    mark(document.getElementById(shown() || ""));
  }

  function mark(cell) {
    for (const old of document.querySelectorAll(".cell[aria-current]")) {
      if (old !== cell) old.removeAttribute("aria-current");
    }
    cell?.setAttribute("aria-current", "true");
  }

  function open() {
    const place = panel();
    if (place.hidden) boardTitle = document.title;
    place.hidden = false;
    if (stage()) document.getElementById("main").classList.add("split");
    const name = place.querySelector("[data-title]")?.dataset.title;
    if (name) document.title = `${name} · Parley`;
    const wrong = place.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus();
    else if (!place.contains(document.activeElement)) {
      /* beside the board it is in view as it is; alone on its page one may stand far below, at the end of a form */
      document.getElementById("panel-t")?.focus({ preventScroll: Boolean(stage()) && !NARROW.matches });
      place.scrollTop = 0;
    }
  }

  /* true when the panel was there to close, and closed */
  function close({ push }) {
    const place = panel();
    if (!place || place.hidden || !stage()) return false;
    const asked = new CustomEvent("parley:closing", { cancelable: true });
    if (!document.dispatchEvent(asked)) return false;
    const cell = document.getElementById(shown() || "");
    place.replaceChildren();
    place.hidden = true;
    document.getElementById("main").classList.remove("split");
    document.title = boardTitle;
    if (push && stage().dataset.url) history.pushState({ htmx: true }, "", stage().dataset.url);
    markCell();
    (cell || document.querySelector("#board .cell"))?.focus();
    return true;
  }

  /* Before htmx hears of a click: a new tab or window is the browser's business, and on a narrow screen,
     where the panel would hide the board, the cell's own page is the better place. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[hx-get]");
    if (!link) return;
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button > 0;
    const ownPage = NARROW.matches && stage() && link.getAttribute("hx-target") === "#panel" && panel()?.hidden;
    if (elsewhere || ownPage) event.stopPropagation();
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#panel [data-close]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (stage() && !panel().hidden) {
      event.preventDefault();
      close({ push: true });
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "panel" && event.detail.elt?.id === "panel") open();
    markCell();
  });
  document.addEventListener("htmx:oobAfterSwap", markCell);
  /* at once, not when the answer is there: whoever goes on quickly goes on from here */
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.defaultPrevented && event.detail.elt.matches("#board .cell")) mark(event.detail.elt);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) markCell();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea")) return;
    if (close({ push: true })) event.preventDefault();
  });

  /* Back and forward between the board and its cells, without loading the board again */
  document.addEventListener("htmx:historyCacheMiss", (event) => {
    const { path } = event.detail;
    if (!stage() || NARROW.matches) return;
    if (path === stage().dataset.url) {
      event.preventDefault();
      close({ push: false });
      return;
    }
    const known = [...document.querySelectorAll("#board .cell")].some((cell) => cell.getAttribute("href") === path);
    if (known) {
      event.preventDefault();
      window.htmx.ajax("GET", path, "#panel");
    }
  });

  markCell();
})();
