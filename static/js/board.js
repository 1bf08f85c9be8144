/* Keys on the board; off in fields, and for good where the reader turned them off. */
(() => {
  "use strict";
  const OFF = "parley-keys-off";
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  const board = () => document.getElementById("board");
  const panel = () => document.getElementById("panel");
  const dialog = () => document.getElementById("keys");
  const seen = (element) => element && element.getClientRects().length > 0;
  const keysOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

  function setKeysOff(off) {
    try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* private window: the choice lasts for the page */ }
  }

  /* the cell that the keys start from: the focused one, else the open one */
  function here() {
    const focused = document.activeElement.closest?.("#board .cell");
    return focused || board()?.querySelector(".cell[aria-current]");
  }

  function neighbour(cell, [down, right]) {
    const td = cell.closest("td");
    if (right) {
      const cells = [...td.parentElement.querySelectorAll(".cell")].filter(seen);
      return cells[cells.indexOf(cell) + right];
    }
    const rows = [...td.closest("table").rows]; // of all groups
    let at = rows.indexOf(td.parentElement);
    do at += down;
    while (rows[at] && !seen(rows[at].cells[td.cellIndex]?.querySelector(".cell")));
    return rows[at]?.cells[td.cellIndex].querySelector(".cell");
  }

  function go(step) {
    const cells = [...board().querySelectorAll(".cell")].filter(seen);
    const cell = here();
    const next = cell ? cells[cells.indexOf(cell) + step] : cells[0];
    if (!next) return false;
    next.scrollIntoView({ block: "nearest" });
    if (panel() && !panel().hidden) next.click();
    else next.focus();
    return true;
  }

  function edit() {
    const link = [...document.querySelectorAll("#panel [data-edit]")].find(seen);
    if (link) {
      link.click();
      return true;
    }
    const cell = here();
    const page = board()?.dataset.edit;
    if (!cell || page === undefined) return false;
    const address = new URL(page || "edit", cell.href);
    location.assign(address);
    return true;
  }

  function stepTime(step) {
    const days = [...document.querySelectorAll(".scrub .axis input[type=radio]")];
    const next = days[days.findIndex((day) => day.checked) + step];
    if (!next) return false;
    next.checked = true;
    next.dispatchEvent(new Event("change", { bubbles: true }));
    if (!window.htmx) next.form.requestSubmit();
    return true;
  }

  /* dragged along the strip: the day that is nearest to the pointer */
  function nearestDay(axis, x) {
    const days = [...axis.querySelectorAll("input[type=radio]")].filter(seen);
    const away = (day) => Math.abs(day.getBoundingClientRect().x + day.offsetWidth / 2 - x);
    return days.reduce((best, day) => (away(day) < away(best) ? day : best));
  }

  function dragTime(event) {
    const axis = event.target.closest?.(".scrub .axis");
    if (!axis || event.button !== 0 || event.pointerType === "touch") return;  /* a finger scrolls */
    const before = axis.querySelector(":checked");
    const start = event.clientX;
    let dragged = false;
    const move = (moved) => {
      dragged ||= Math.abs(moved.clientX - start) > 5;
      if (dragged) nearestDay(axis, moved.clientX).checked = true;
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      const day = axis.querySelector(":checked");
      if (dragged && day !== before) day.dispatchEvent(new Event("change", { bubbles: true }));
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }
  document.addEventListener("pointerdown", dragTime);

  /* The strip and the legend send all that they say: their address has each of it once, and nothing that is empty. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.matches(".scrub, .legend")) return;
    event.detail.path = event.detail.path.split("?")[0];
    const said = event.detail.parameters;
    for (const name of Object.keys(said)) if (said[name] === "") delete said[name];
  });

  function showKeys() {
    const box = dialog();
    if (!box) return false;
    box.querySelector("[data-keys-off]").checked = keysOff();
    box.showModal();
    return true;
  }

  /* the page's own field first, then the head bar's; on a phone that one is a page of its own */
  function search() {
    const fields = [...document.querySelectorAll("main [data-slash], .bar [data-slash]")].filter(seen);
    const field = fields.find((each) => each.closest("main")) || fields[0];
    if (field) field.select();
    else document.querySelector(".bar .to-search")?.click();
    return true;
  }

  /* typing a cell's name: the first that is offered is opened, beside the board where it is there */
  function goTo(form) {
    const first = form.querySelector("#jump-hits a");
    if (!first) return false;
    const cell = document.getElementById(first.dataset.cellLink);
    if (!seen(cell)) {
      location.assign(first.href);
      return true;
    }
    form.reset();
    form.querySelector("#jump-hits").replaceChildren();
    cell.focus();
    cell.click();
    return true;
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-jump]") && goTo(event.target)) event.preventDefault();
  });

  function jump() {
    const field = document.getElementById("jump");
    if (!seen(field)) return false;
    field.select();
    return true;
  }

  const LETTERS = {
    g: jump,
    j: () => board() && go(1),
    k: () => board() && go(-1),
    e: edit,
    "[": () => stepTime(-1),
    "]": () => stepTime(1),
    "/": search,
    "?": showKeys,
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    if (document.querySelector("dialog[open]") || target.isContentEditable) return;
    const cell = target.closest("#board .cell");
    if (cell && STEPS[event.key]) {
      const next = neighbour(cell, STEPS[event.key]);
      if (next) {
        next.focus();
        event.preventDefault();
      }
      return;
    }
    if (keysOff() || target.closest("input, select, textarea")) return;
    if (LETTERS[event.key]?.()) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) showKeys();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-off]")) setKeysOff(event.target.checked);
  });

  function ready() {
    const day = document.querySelector(".scrub .axis :checked")?.closest("li");
    if (day) day.parentElement.scrollLeft = day.offsetLeft - (day.parentElement.clientWidth - day.offsetWidth) / 2;
    for (const button of document.querySelectorAll("[data-keys]")) button.hidden = false;
  }
  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
