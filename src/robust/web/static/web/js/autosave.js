// Forms with data-autosave="address" keep a draft while one writes; the answer is the time it was saved, in words.
// Whoever was signed out meanwhile is told by the frame (shell.js), and the draft is kept when they are back.
// The form is still sent by its button: without this module nothing is lost but the draft.

const WAIT = 1500;

const keep = async (form, place) => {
  const answer = await fetch(form.dataset.autosave, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Autosave": "1" },
    redirect: "error",
  });
  if (answer.status === 401) {
    place.textContent = "";
    document.dispatchEvent(new Event("robust:signed-out"));
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  place.textContent = await answer.text();
};

const follow = (form) => {
  const place = form.querySelector("[data-saved]");
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      keep(form, place).catch(() => {
        place.textContent = place.dataset.failed;
      });
    }, WAIT);
  };
  form.addEventListener("input", soon);
  document.addEventListener("robust:signed-in", soon);
  form.addEventListener("submit", () => clearTimeout(timer));
};

for (const form of document.querySelectorAll("form[data-autosave]")) follow(form);
