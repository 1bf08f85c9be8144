/* An open form asks every few seconds whether somebody was faster, and says so. What is typed and the focus stay. */
(() => {
  "use strict";
  const PAUSE = 5000;
  const SIGNED_OUT = "You are no longer signed in. Sign in again in another window; what you typed stays here meanwhile.";
  const tags = new WeakMap();

  const places = () => [...document.querySelectorAll("[data-meanwhile]")];

  function show(place, html) {
    if (place.contains(document.activeElement)) return false;  /* whoever is about to press it is not disturbed */
    place.innerHTML = html;
    window.htmx?.process(place);
    return true;
  }

  function showSentence(place, sentence) {
    if (place.textContent === sentence || place.contains(document.activeElement)) return;
    const note = document.createElement("p");
    note.className = "note meanwhile";
    note.textContent = sentence;
    place.replaceChildren(note);
  }

  async function ask(place) {
    const { meanwhile, version } = place.dataset;
    const answer = await fetch(`${meanwhile}?since=${version}`, {
      headers: { "HX-Request": "true", "If-None-Match": tags.get(place) || `"${version}"` },
      cache: "no-store",
    });
    if (!place.isConnected) return;
    if (answer.headers.get("HX-Redirect")) {
      showSentence(place, SIGNED_OUT);
      tags.delete(place);
    } else if (answer.status === 200) {
      const html = await answer.text();
      if (show(place, html)) tags.set(place, answer.headers.get("ETag"));
    } else if (answer.status === 304 && place.textContent === SIGNED_OUT) {
      place.replaceChildren();
    }
  }

  async function askAll() {
    if (!document.hidden) await Promise.allSettled(places().map(ask));  /* not reached: asked again next time */
    setTimeout(askAll, PAUSE);
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) places().forEach((place) => ask(place).catch(() => {}));
  });
  setTimeout(askAll, PAUSE);
})();
