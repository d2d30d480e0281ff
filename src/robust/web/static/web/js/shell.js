// The frame: "/" goes to the search, menus close, the chosen place of a strip is in sight, and a failed request says so, as does the end of a sign-in. Everything works without it.

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
  document.addEventListener(name, (event) => {
    if (event.detail.xhr?.status === 401) {
      document.dispatchEvent(new Event("robust:signed-out"));
      return;
    }
    const sentence = document.querySelector("[data-request-failed]");
    if (sentence) sentence.hidden = false;
  });
}
document.addEventListener("htmx:afterRequest", (event) => {
  const sentence = document.querySelector("[data-request-failed]");
  if (sentence && event.detail.successful) sentence.hidden = true;
});

// Without a session the server answers 401 and the page stays as it is. Whoever signs in again in another tab and
// comes back goes on here: signing in changes the key that forms are sent with, so all forms get the new one.
const signedOut = document.querySelector("[data-signed-out]");

const goOn = async () => {
  if (!signedOut || signedOut.hidden || document.hidden) return;
  const answer = await fetch(signedOut.dataset.signedOut, { redirect: "manual" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const back = page.querySelector("[data-signed-out]");
  if (back?.dataset.account !== signedOut.dataset.account) return; // somebody else's sign-in
  const key = page.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = key;
  signedOut.hidden = true;
  document.dispatchEvent(new Event("robust:signed-in"));
};

const cameBack = () => goOn().catch(() => {}); // no answer: the sentence stays, and the next time may go better
document.addEventListener("robust:signed-out", () => {
  if (!signedOut?.hidden) return; // said once, however often it is asked
  document.getElementById("main").prepend(signedOut.parentElement); // on top, where it covers no button
  signedOut.hidden = false;
});
document.addEventListener("visibilitychange", cameBack);
window.addEventListener("focus", cameBack);
