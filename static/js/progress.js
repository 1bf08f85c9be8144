/* What a request by htmx is doing: its target is busy, and a request that failed says so and keeps the last copy. */
(() => {
  "use strict";
  const SENTENCES = {
    0: "It could not be reached. Nothing was changed; what you see is the last copy.",
    403: "You may not do that, or you are no longer signed in. Nothing was changed.",
    404: "What you asked for is not there, or not for you to see.",
    429: "There were too many attempts. Wait a little, then try again.",
  };

  function tell(status) {
    const notice = document.getElementById("notice");
    if (!notice) return;
    notice.querySelector("[data-notice]").textContent =
      SENTENCES[status] || "Something went wrong on its side. What you see is the last copy.";
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  }

  function setStale(stale) {
    document.getElementById("board")?.classList.toggle("stale", stale);
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute("aria-busy");
    if (!event.detail.successful) return;
    const notice = document.getElementById("notice");
    if (notice) notice.hidden = true;
    setStale(false);
  });
  document.addEventListener("htmx:responseError", (event) => {
    tell(event.detail.xhr.status);
    if (event.detail.xhr.status >= 500) setStale(true);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => {
      tell(0);
      setStale(true);
    });
  }
})();
