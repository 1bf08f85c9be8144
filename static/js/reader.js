/* Reading a source: what is selected can be cited beside the text; keys step through quotes and sentences. */
(() => {
  "use strict";
  const WIDE = matchMedia("(min-width: 76.01rem)");
  const doc = document.querySelector(".doc");
  if (!doc) return;
  const panel = document.getElementById("cite");
  const offer = document.getElementById("cite-selection");
  const paragraphs = [...doc.querySelectorAll("p[data-start]")];
  const keysOff = () => { try { return localStorage.getItem("parley-keys-off") === "1"; } catch { return false; } };

  /* places in the text: its code points, without the numbers that the page puts into it */
  const isText = (node) => (node.parentElement.closest("sup") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);

  function textsOf(paragraph) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, isText);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  function before(paragraph, node, at) {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, at);
    const part = range.cloneContents();
    for (const number of part.querySelectorAll("sup")) number.remove();
    return part.textContent;
  }

  const length = (text) => [...text].length;

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const inside = paragraphs.filter((paragraph) => range.intersectsNode(paragraph));
    if (!inside.length) return null;
    const [first, last] = [inside[0], inside.at(-1)];
    const head = first.contains(range.startContainer) ? before(first, range.startContainer, range.startOffset) : "";
    const tail = last.contains(range.endContainer)
      ? before(last, range.endContainer, range.endOffset)
      : before(last, last, last.childNodes.length);
    const start = Number(first.dataset.start) + length(head);
    const end = Number(last.dataset.start) + length(tail);
    return end > start && range.toString().trim() ? { start, end, range, last, tail } : null;
  }

  /* the button beside the selection */
  function show() {
    if (!offer) return;
    const passage = selected();
    offer.hidden = !passage;
    if (!passage) return;
    const link = offer.querySelector("a");
    link.href = `${doc.dataset.cite}&start=${passage.start}&end=${passage.end}`;
    offer.querySelector("[data-length]").textContent = `${passage.end - passage.start} characters`;
    const place = [...passage.range.getClientRects()].at(-1);
    if (!place) return;
    const left = Math.min(place.left, innerWidth - offer.offsetWidth - 16);
    offer.style.setProperty("--left", `${Math.max(left, 8) + scrollX}px`);
    offer.style.setProperty("--top", `${place.bottom + scrollY + 8}px`);
  }
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(show);
  });
  offer?.addEventListener("mousedown", (event) => event.preventDefault());  /* which would end the selection */

  function keepInSight() {
    const passage = selected();
    if (passage && window.Highlight) CSS.highlights.set("citing", new Highlight(passage.range));
  }

  function cite(event) {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button > 0;
    if (!WIDE.matches || !window.htmx || elsewhere) return;
    event.preventDefault();
    keepInSight();
    window.htmx.ajax("GET", offer.querySelector("a").getAttribute("href"), { target: "#cite", swap: "innerHTML" });
  }
  offer?.addEventListener("click", cite);

  /* the panel: only where there is room for it beside the text; elsewhere the form is a page */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[hx-target='#cite']");
    if (link && !WIDE.matches) event.stopPropagation();
  }, true);

  let opener = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id === "cite" && panel.hidden) opener = document.activeElement;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "cite") return;
    panel.hidden = false;
    if (offer) offer.hidden = true;
    const wrong = panel.querySelector("[role=alert], [aria-invalid=true]");
    if (wrong) {
      wrong.tabIndex = -1;
      wrong.focus();
    } else document.getElementById("cite-t")?.focus();  /* from here Ctrl and Enter send it as it stands */
  });

  function close() {
    if (!panel || panel.hidden) return false;
    if (!document.dispatchEvent(new CustomEvent("parley:closing", { cancelable: true }))) return true;
    panel.replaceChildren();
    panel.hidden = true;
    window.CSS.highlights?.delete("citing");
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    show();
    return true;
  }
  panel?.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-cite]") && close()) event.preventDefault();
  });

  /* keys */
  const seen = (element) => element.getBoundingClientRect().bottom > 80;
  const go = (id) => location.replace(`#${id}`);

  function step(by) {
    const quotes = [...doc.querySelectorAll("[id^='q-']")];
    const here = quotes.findIndex((quote) => quote.id === decodeURIComponent(location.hash.slice(1)));
    const next = here < 0 ? quotes.findIndex(seen) : here + by;
    if (!quotes[next]) return false;
    go(quotes[next].id);
    (quotes[next].querySelector("a") || quotes[next].parentElement.querySelector("sup a"))?.focus({ preventScroll: true });
    return true;
  }

  function segmenter(language) {
    try { return new Intl.Segmenter(language || "en", { granularity: "sentence" }); } catch { return null; }
  }

  function sentences(text, language) {
    const found = (segmenter(language) || segmenter("en"))?.segment(text);
    if (!found) return [[0, text.trimEnd().length]];
    return [...found].map(({ index, segment }) => [index, index + segment.trimEnd().length]);
  }

  function point(paragraph, at) {
    for (const text of textsOf(paragraph)) {
      if (at <= text.length) return [text, at];
      at -= text.length;
    }
    return [paragraph, paragraph.childNodes.length];
  }

  /* the sentence after the selection, else the first of the paragraph that has the focus or is in view */
  function selectSentence() {
    const passage = selected();
    const focused = document.activeElement.closest?.(".para")?.querySelector("p[data-start]");
    let at = paragraphs.indexOf(passage?.last ?? focused ?? paragraphs.find(seen));
    let from = passage ? passage.tail.length : 0;
    for (; at >= 0 && at < paragraphs.length; at += 1, from = 0) {
      const text = textsOf(paragraphs[at]).map((node) => node.data).join("");
      const next = sentences(text, paragraphs[at].lang).find(([start, end]) => end > from && end > start);
      if (!next) continue;
      getSelection().setBaseAndExtent(...point(paragraphs[at], next[0]), ...point(paragraphs[at], next[1]));
      paragraphs[at].scrollIntoView({ block: "nearest" });
      return true;
    }
    return false;
  }

  const EXTEND = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "backward", ArrowDown: "forward" };

  function extend(event) {
    const way = EXTEND[event.key];
    if (!way || !event.shiftKey || !selected()) return false;
    const by = way.endsWith("ward") ? "line" : event.ctrlKey || event.altKey ? "word" : "character";
    getSelection().modify("extend", way, by);
    return true;
  }

  function find() {
    const field = document.getElementById("find-here");
    field?.focus();
    field?.select();
    return Boolean(field);
  }

  const LETTERS = {
    n: () => step(1),
    p: () => step(-1),
    "/": find,
    s: () => Boolean(offer) && selectSentence(),
    c: () => {
      show();  /* whoever is faster than the next frame cites what is selected now */
      if (!offer || offer.hidden) return false;
      offer.querySelector("a").click();
      return true;
    },
  };

  /* before others hear of the key: on this page a slash looks in its text */
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const form = event.target.closest?.("#cite")?.querySelector("form");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.metaKey) return;
    const field = event.target.closest?.("input, select, textarea");
    if (event.key === "Escape" && !field?.matches("textarea, [type=text]")) {
      if (close()) event.preventDefault();
      return;
    }
    if (field) return;
    const done = extend(event) || (!event.ctrlKey && !event.altKey && !keysOff() && LETTERS[event.key]?.());
    if (!done) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
