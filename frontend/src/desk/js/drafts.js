// Keeps what is typed into form[data-draft="name"] in this tab until it is sent. Never passwords or files;
// what was begun for one person, or from one sheet of paper, is not offered for another (the query is part of the key);
// nothing outlives the tab or the sign-out (the sign-in page carries data-forget-drafts).
const PREFIX = "draf:";
const SKIP = new Set(["password", "file", "hidden", "submit", "button"]);

const keyOf = (form) => `${PREFIX}${document.body.dataset.person ?? ""}:${location.pathname}${location.search}:${form.dataset.draft}`;

function inputsOf(form) {
  return [...form.elements].filter((input) => input.name && !SKIP.has(input.type) && !("noDraft" in input.dataset));
}

function read(form) {
  return inputsOf(form).map((input) =>
    input.type === "radio" || input.type === "checkbox" ? input.checked : input.multiple ? null : input.value,
  );
}

// What comes back in a fold opens it.
function write(form, values) {
  inputsOf(form).forEach((input, place) => {
    const value = values[place];
    const part = typeof value === "boolean" ? "checked" : "value";
    if (value === null || value === undefined || input[part] === value) return;
    input[part] = value;
    const fold = input.closest("details");
    if (fold) fold.open = true;
  });
}

function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

function restore(form, key) {
  const kept = sessionStorage.getItem(key);
  if (!kept) return;
  const { values, sent } = JSON.parse(kept);
  const isAnswer = Boolean(form.querySelector("[aria-invalid]")); // the server already filled the form in again
  if (sent || isAnswer || values.length !== inputsOf(form).length) {
    sessionStorage.removeItem(key);
    return;
  }
  const fresh = read(form);
  write(form, values);
  const note = document.getElementById("draf-kembali")?.content.firstElementChild.cloneNode(true);
  if (!note) return;
  note.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    write(form, fresh);
    note.remove();
  });
  form.prepend(note);
}

export function keepDrafts() {
  try {
    if ("forgetDrafts" in document.body.dataset) forgetAll();
    for (const form of document.querySelectorAll("form[data-draft]")) {
      const key = keyOf(form);
      restore(form, key);
      const keep = (sent) => sessionStorage.setItem(key, JSON.stringify({ values: read(form), sent }));
      form.addEventListener("input", () => keep(false));
      form.addEventListener("submit", () => keep(true));
    }
  } catch {
    // Storage may be switched off; the form works all the same.
  }
}
