// The key "/" leads to the search box. Without this file it is reached like any other field.
"use strict";

(() => {
  const box = document.querySelector("[data-search-key]");
  if (!box) return;

  const typing = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
