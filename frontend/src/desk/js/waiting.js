// Says that something is under way once it takes longer than 300 ms.
const DELAY_MS = 300;

export function showWaiting() {
  const sign = document.getElementById("menunggu");
  if (!sign) return;
  let timer = 0;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (sign.hidden = false), DELAY_MS);
  };
  const stop = () => {
    clearTimeout(timer);
    sign.hidden = true;
  };
  document.addEventListener("htmx:beforeRequest", start);
  document.addEventListener("htmx:afterRequest", stop);
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.target !== "_blank" && !("download" in event.target.dataset)) start();
  });
  window.addEventListener("pageshow", stop); // also when the page comes back from the back button's memory
}
