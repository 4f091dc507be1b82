// The search field in the header: answers as one types (htmx fetches), arrow keys walk through them.
export function liveSearch() {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const input = box.querySelector("input[type=search]");
  const results = box.querySelector("[data-search-results]");
  const clear = () => results.replaceChildren();
  const links = () => [...results.querySelectorAll("a")];

  // A short text finds half the village; leave the server alone.
  input.addEventListener("htmx:configRequest", (event) => {
    if (input.value.trim().length < 2) {
      event.preventDefault();
      clear();
    }
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      clear();
      input.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const found = links();
    if (!step || !found.length) return;
    event.preventDefault();
    const next = found.indexOf(document.activeElement) + step;
    (next < 0 ? input : found[Math.min(next, found.length - 1)]).focus();
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) clear();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
}
