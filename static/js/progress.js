// Counts a long job on without reloading. Without this file the page refreshes itself.
"use strict";

(() => {
  const EVERY_MS = 1500;
  const SLOWEST_MS = 15000;

  const fill = (template, values) =>
    template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  const show = (box, state) => {
    const bar = box.querySelector("progress");
    bar.max = state.total;
    bar.value = state.ready;
    const words = box.querySelector("[data-progress-words]");
    words.textContent = fill(words.dataset.template, state);
    const parked = box.querySelector("[data-progress-parked]");
    parked.textContent = state.parked ? ` · ${fill(parked.dataset.template, state)}` : "";
    document.querySelectorAll("[data-progress-count]").forEach((element) => {
      const value = state[element.dataset.progressCount];
      if (value !== undefined) element.textContent = value;
    });
    // Read aloud at every tenth, not at every document.
    const tenth = Math.floor((10 * state.ready) / state.total);
    if (box.dataset.tenth !== String(tenth)) {
      box.dataset.tenth = String(tenth);
      box.querySelector("[data-progress-aloud]").textContent = words.textContent;
    }
  };

  const watch = (box, wait) => {
    window.setTimeout(async () => {
      let next = EVERY_MS;
      try {
        const answer = await fetch(box.dataset.progressUrl, {
          headers: { Accept: "application/json" },
          credentials: "same-origin",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const state = await answer.json();
        show(box, state);
        if (state.done) {
          // The finished page has other buttons: the server draws it.
          window.location.reload();
          return;
        }
      } catch {
        next = Math.min(wait * 2, SLOWEST_MS);
      }
      watch(box, next);
    }, wait);
  };

  document.querySelectorAll("[data-progress-url]").forEach((box) => watch(box, EVERY_MS));
})();
