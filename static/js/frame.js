// The frame's few moving parts. Every page works without this file.
"use strict";

document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const toggle = document.querySelector(".nav-toggle");
  if (toggle) {
    const nav = document.getElementById(toggle.getAttribute("aria-controls"));
    toggle.addEventListener("click", () => {
      const open = toggle.getAttribute("aria-expanded") !== "true";
      toggle.setAttribute("aria-expanded", String(open));
      nav.classList.toggle("open", open);
    });
  }

  // A menu closes when the reader looks elsewhere.
  const menus = document.querySelectorAll("details.menu");
  document.addEventListener("click", (event) => {
    menus.forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus.forEach((menu) => {
      if (menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  });

  // A table that fits its box lets its headings stick to the window; one that does not can be
  // scrolled with the keyboard.
  const boxes = document.querySelectorAll(".table-box");
  const measure = () => {
    boxes.forEach((box) => {
      box.classList.remove("fits");
      const fits = box.scrollWidth <= box.clientWidth + 1;
      box.classList.toggle("fits", fits);
      if (fits || box.hasAttribute("tabindex")) return;
      const caption = box.querySelector("caption");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", caption ? caption.textContent.trim() : document.title);
    });
  };
  measure();
  window.addEventListener("resize", measure);

  // After a refused form the reader is taken to what is wrong.
  const problem = document.querySelector("[data-focus]");
  if (problem) problem.focus();
});
