/* An open board follows what others record: every few seconds one conditional request, answered 304 while nothing
   has changed. What has changed is put in place, and nothing else is touched: not the focus, the scroll, a form. */
(() => {
  "use strict";
  const EVERY = 4000;
  const SLOWEST = 60000;
  const OFF = "parley-live-off";
  let wait = EVERY;
  let timer = 0;
  let news = "";

  const stage = () => document.getElementById("stage");
  const isPaused = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

  function setPaused(paused) {
    try { localStorage.setItem(OFF, paused ? "1" : "0"); } catch { /* private window: it stays live */ }
  }

  /* the words beside the headline; written again after each swap, as the board may be new */
  function tell(words = news) {
    news = words;
    const place = document.getElementById("live");
    if (!place || !stage()?.dataset.tag) return;
    place.hidden = false;
    const said = isPaused() ? "Paused: changes by others are not shown." : news;
    const line = place.querySelector("[data-live-news]");
    if (line.textContent !== said) line.textContent = line.title = said;
    place.querySelector("[data-live-pause]").textContent = isPaused() ? "Follow changes" : "Pause live changes";
  }

  /* Make `here` like `there`, changing no more than differs. What a person has ticked or typed stays. */
  function follow(here, there) {
    if (here.isEqualNode(there) || (here.matches("td.pri") && look(here) === look(there))) return;
    const ours = [...here.children];
    const theirs = [...there.children];
    const alike = ours.length === theirs.length && ours.every((child, at) => child.tagName === theirs[at].tagName);
    if (!ours.length || !alike || here.matches("td.pri, svg")) {
      const isOpen = here.querySelector(".cell[aria-current]");
      here.replaceWith(there);
      if (isOpen) there.querySelector(".cell")?.setAttribute("aria-current", "true");
      window.htmx.process(there);
      return;
    }
    for (const { name, value } of there.attributes) {
      if (here.getAttribute(name) !== value && !(here.matches("input, select") && name === "checked")) {
        here.setAttribute(name, value);
      }
    }
    for (const { name } of [...here.attributes]) {
      if (!there.hasAttribute(name) && !["hidden", "aria-current", "checked"].includes(name)) here.removeAttribute(name);
    }
    const texts = [...here.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const words = [...there.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    if (texts.length === words.length) texts.forEach((node, at) => { node.data = words[at].data; });
    ours.forEach((child, at) => follow(child, theirs[at]));
  }

  /* what a cell says, without the marks of focus and of being open */
  const look = (td) => td.className + (td.querySelector(".cell") || td).innerHTML;
  const looks = (root) => new Map([...root.querySelectorAll("#board .cell")].map((cell) => [cell.id, look(cell.closest("td"))]));

  function changedCells(before, after) {
    return [...after].filter(([id, said]) => before.has(id) && before.get(id) !== said).map(([id]) => id);
  }

  function inWords(ids) {
    const named = ids.slice(0, 3).map((id) => {
      const cell = document.getElementById(id);
      return cell.querySelector(".vh").textContent.trim() + " " + cell.querySelector(".w").textContent;
    });
    const more = ids.length - named.length;
    return "Changed just now: " + named.join("; ") + (more > 0 ? `; and ${more} more` : "") + ".";
  }

  /* The panel beside the board is left alone; where its cell has changed, it says so. */
  function tellPanel(ids) {
    const shown = document.querySelector("#panel [data-cell]");
    if (!shown || !ids.includes(shown.dataset.cell) || document.querySelector("#panel form[data-guard], #panel .changed")) return;
    const note = document.createElement("p");
    note.className = "note changed";
    note.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = document.getElementById(shown.dataset.cell).href;
    link.textContent = "Show it as it is now";
    link.setAttribute("hx-get", link.getAttribute("href"));
    link.setAttribute("hx-target", "#panel");
    note.append("This cell has just changed. ", link);
    document.getElementById("panel-t")?.closest("header")?.after(note);
    window.htmx.process(note);
  }

  function take(page) {
    const here = stage();
    const fresh = page.getElementById("stage");
    const focus = document.activeElement;
    const [left, top] = [scrollX, scrollY];
    const table = here.querySelector("#board table");
    const inner = table?.parentElement.scrollLeft;
    for (const old of document.querySelectorAll(".just-changed")) old.classList.remove("just-changed");
    const changed = changedCells(looks(here), looks(page));
    here.dataset.tag = fresh.dataset.tag;
    for (const part of [".page-head > div", "form.legend", "#board"]) {
      const [ours, theirs] = [here.querySelector(part), fresh.querySelector(part)];
      if (ours && theirs) follow(ours, theirs);
    }
    const revision = page.getElementById("revision");
    if (revision) document.getElementById("revision").textContent = revision.textContent;
    if (!focus.isConnected && focus.id) document.getElementById(focus.id)?.focus({ preventScroll: true });
    if (inner) here.querySelector("#board").scrollLeft = inner;
    scrollTo(left, top);
    if (!changed.length) return;
    for (const id of changed) document.getElementById(id).closest("td").classList.add("just-changed");
    tell(inWords(changed));
    tellPanel(changed);
  }

  async function ask() {
    const here = stage();
    const { url, tag } = here?.dataset || {};
    if (!tag || document.hidden || isPaused()) return;
    try {
      const answer = await fetch(url, { headers: { "If-None-Match": tag, "Parley-Live": "1" }, cache: "no-store" });
      wait = EVERY;
      if (answer.status === 304) {
        if (news.startsWith("Not live")) tell("");
        return;
      }
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      /* meanwhile the person may have gone elsewhere, or recorded something: then what is shown is newer */
      const unmoved = stage() === here && here.dataset.tag === tag && !here.classList.contains("htmx-request");
      if (unmoved && page.getElementById("stage")?.dataset.tag) {
        tell("");
        take(page);
      }
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
      tell("Not live: Parley did not answer. Trying again.");
    }
  }

  async function turn() {
    clearTimeout(timer);
    await ask();
    clearTimeout(timer);
    timer = setTimeout(turn, wait);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-live-pause]")) return;
    setPaused(!isPaused());
    tell();
    turn();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); });
  document.addEventListener("htmx:afterSettle", () => tell());
  if (stage()) {
    tell();
    timer = setTimeout(turn, wait);
  }
})();
