// Asking and refusing unfold one at a time, with the caret in the reason.
const returns = [...document.querySelectorAll("details.return")];

for (const details of returns) {
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    returns.filter((other) => other !== details).forEach((other) => { other.open = false; });
    details.querySelector("textarea").focus();
  });
}
