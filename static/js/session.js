// Says in time that the session ends, and lets the reader stay. Without it the session just ends,
// and what was being sent is kept for after the next sign-in.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const notice = document.querySelector("[data-session-ends]");
  if (!notice) return;
  const before = 5 * 60;
  const wait = () => {
    const left = Number(notice.dataset.sessionEnds) - before;
    setTimeout(() => { notice.hidden = false; }, Math.max(left, 1) * 1000);
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
