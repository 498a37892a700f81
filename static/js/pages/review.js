// One press decides: the buttons rest while the answer is on its way, so that a double click decides once.
const form = document.querySelector("[data-decision]");

form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => { if (form) delete form.dataset.sent; });
