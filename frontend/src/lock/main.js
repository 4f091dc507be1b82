// Locks the screen of a shared PC when nobody has touched it for a while. The server locks by itself all the same;
// this only hides what is on the screen and tells the server at once. The form is the menu's "Kunci sekarang".
const form = document.querySelector("form[data-lock]");
const LAST = "desk:used"; // shared by the tabs of this browser, so that work in one keeps the others open
const LOOK_EVERY_MS = 5_000;
const TELL_EVERY_MS = 60_000;

// A page from the browser's memory may belong to somebody who has signed out since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

if (form) {
  const idleMs = Number(form.dataset.lock) * 1000;
  let told = Date.now();
  let covered = false;
  let behind = [];

  const token = () => form.elements.csrfmiddlewaretoken.value;
  const send = (address, fields = {}) =>
    fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      body: new URLSearchParams(fields),
    });

  function lastUse() {
    try {
      return Number(localStorage.getItem(LAST)) || 0;
    } catch {
      return 0;
    }
  }

  let own = Date.now();
  const used = () => {
    if (covered) return;
    own = Date.now();
    try {
      localStorage.setItem(LAST, String(own));
    } catch {
      // Storage may be switched off; then each tab counts for itself.
    }
    if (own - told > TELL_EVERY_MS) {
      told = own;
      send(form.dataset.present).then((answer) => {
        if (answer.status === 401) cover();
      }, () => {});
    }
  };

  const isTyped = () =>
    [...document.querySelectorAll("main form")].some((one) =>
      [...one.elements].some(
        (input) =>
          input.type !== "hidden" &&
          (("defaultValue" in input && input.value !== input.defaultValue && input.type !== "checkbox" && input.type !== "radio") ||
            ("defaultChecked" in input && input.checked !== input.defaultChecked)),
      ),
    );

  // Without anything typed the lock page itself comes; otherwise the page waits behind a cover, so that
  // nothing typed is lost.
  function cover() {
    if (covered) return;
    covered = true;
    const box = document.getElementById("kunci-layar")?.content.firstElementChild?.cloneNode(true);
    behind = [...document.body.children].filter((part) => !part.hidden && part.tagName !== "TEMPLATE");
    for (const part of behind) part.hidden = true;
    if (!box || !isTyped()) {
      location.replace(`${form.dataset.lockPage}?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    document.body.append(box);
    box.addEventListener("submit", (event) => open(event, box));
    box.querySelector("input").focus();
  }

  async function open(event, box) {
    event.preventDefault();
    event.stopPropagation();
    const password = box.elements.password;
    const said = box.querySelector("[data-said]");
    let status = 0;
    try {
      status = (await send(form.dataset.lockPage, { password: password.value })).status;
    } catch {
      // Said below.
    }
    password.value = "";
    if (status === 204) {
      box.remove();
      for (const part of behind) part.hidden = false;
      covered = false;
      told = 0;
      used();
      return;
    }
    if (status && status !== 403) {
      location.assign(form.dataset.lockPage); // waiting after wrong passwords, or signed out: the page says which
      return;
    }
    said.textContent = status ? said.dataset.wrong : said.dataset.offline;
    said.hidden = false;
    password.focus();
  }

  for (const kind of ["pointerdown", "keydown", "scroll", "touchstart"]) {
    window.addEventListener(kind, used, { passive: true, capture: true });
  }
  try {
    localStorage.setItem(LAST, String(own));
  } catch {
    // As above.
  }
  setInterval(() => {
    if (covered || Date.now() - Math.max(own, lastUse()) < idleMs) return;
    const tell = send(form.action);
    tell.then(cover, cover);
  }, LOOK_EVERY_MS);
}
