// The page behind the link of a letter: the button at the foot says how many listings it speaks about.
const form = document.querySelector("[data-all-right]");

if (form) {
  const button = form.querySelector("button");
  const boxes = [...document.querySelectorAll("[data-right]")];
  const allText = button.textContent;

  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    button.disabled = ticked === 0;
    button.textContent =
      ticked === boxes.length
        ? allText
        : button.dataset.count.replace("%n", String(ticked)).replace("%total", String(boxes.length));
  };

  for (const box of boxes) box.addEventListener("change", count);
  count(); // a browser that comes back to the page keeps the ticks
}
