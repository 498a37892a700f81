// The button says how many of the listings it confirms.
const form = document.querySelector("[data-confirm]");

if (form) {
  const boxes = [...form.querySelectorAll("[name=listing]")];
  const button = form.querySelector("[data-confirm-button]");
  const whole = button.textContent;
  form.addEventListener("change", () => {
    const chosen = boxes.filter((box) => box.checked).length;
    const part = button.dataset.one.replace("{n}", chosen).replace("{total}", boxes.length);
    button.textContent = chosen === boxes.length ? whole : part;
    button.disabled = chosen === 0;
  });
}
