// One press decides: the buttons rest while the answer is on its way, so that a double click decides once.
const box = document.querySelector("[data-decision]");
const returns = [...(box?.querySelectorAll("details.return") ?? [])];

box?.addEventListener("submit", (event) => {
  if (box.dataset.sent) event.preventDefault();
  box.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => { if (box) delete box.dataset.sent; });

for (const details of returns) {
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    returns.filter((other) => other !== details).forEach((other) => { other.open = false; });
    details.querySelector("textarea").focus();
  });
}
