// The bank queue by keyboard: keys press the buttons that name them, while the line is in focus.
// Without this file every button is pressed like any other.
"use strict";

(() => {
  const MOVES_FOCUS = ["INPUT", "TEXTAREA", "SELECT"];
  const area = document.querySelector("[data-keyboard]");

  const typing = (element) => MOVES_FOCUS.includes(element.tagName) && element.type !== "checkbox";

  // Enter on a link or a button is that link's or button's own.
  const ownKey = (event) =>
    event.key === "Enter" && ["A", "BUTTON", "INPUT", "SUMMARY"].includes(event.target.tagName);

  const targetOf = (key) =>
    [...document.querySelectorAll("[data-keys]")].find(
      (each) => each.dataset.keys.split(" ").includes(key) && each.offsetParent !== null,
    );

  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) {
      area.focus();
      return;
    }
    if (typing(event.target) || ownKey(event)) return;
    const target = targetOf(event.key);
    if (!target) return;
    event.preventDefault();
    if (typing(target)) target.focus();
    else target.click();
  };

  if (area) {
    area.addEventListener("keydown", press);
    // A search or an error further down the page keeps its place.
    if (!window.location.hash && !document.querySelector("[role=alert]")) area.focus();
  }

  // The last act leaves the top of the page by itself; the list below keeps it in reach.
  document.querySelectorAll("[data-leaves-after]").forEach((box) => {
    window.setTimeout(() => {
      if (!box.contains(document.activeElement)) box.hidden = true;
    }, 1000 * Number(box.dataset.leavesAfter));
  });
})();
