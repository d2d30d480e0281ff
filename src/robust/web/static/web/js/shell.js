// The frame: "/" goes to the search, menus close, the chosen place of a strip is in sight, and a failed request says so. Everything works without it.

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
    const search = [...document.querySelectorAll("[data-search]")].find((field) => field.offsetParent);
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (held) menu.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.querySelector("[data-focus-first]")?.focus();

for (const here of document.querySelectorAll(".room-nav [aria-current], .tabs [aria-current]")) {
  const strip = here.closest(".room-nav ul, .tabs");
  strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}

// htmx leaves the page as it is when a request fails; the sentence stands in the page for translation.
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const sentence = document.querySelector("[data-request-failed]");
    if (sentence) sentence.hidden = false;
  });
}
document.addEventListener("htmx:afterRequest", (event) => {
  const sentence = document.querySelector("[data-request-failed]");
  if (sentence && event.detail.successful) sentence.hidden = true;
});
