// Says in time that the session ends, and lets the reader stay. When it has ended, the page is
// emptied but for a form that somebody began to fill in, and asked for anew. Without this file the
// session just ends, and what was being sent is kept for after the next sign-in.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const notice = document.querySelector("[data-session-ends]");
  if (!notice) return;
  const before = 5 * 60;
  let begun = null;
  document.addEventListener("input", (event) => { begun = event.target.closest("form") || begun; });
  const leave = () => {
    const main = document.querySelector("main");
    document.body.replaceChildren(main);
    main.replaceChildren(...(begun ? [begun] : []));
    if (!begun) window.location.reload();
  };
  let timers = [];
  const wait = () => {
    timers.forEach(clearTimeout);
    const left = Number(notice.dataset.sessionEnds);
    timers = [
      setTimeout(() => { notice.hidden = false; }, Math.max(left - before, 1) * 1000),
      setTimeout(leave, (left + 1) * 1000),
    ];
  };
  notice.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(notice.dataset.sessionStay, { redirect: "manual" });
    if (answer.ok) {
      notice.hidden = true;
      notice.dataset.sessionEnds = answer.headers.get("X-Session-Ends") || notice.dataset.sessionEnds;
      wait();
    } else {
      window.location.reload();
    }
  });
  wait();
});
