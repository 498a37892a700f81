// What was typed and not sent: the browser asks before it is left. A quick exit is never asked anything.

const TICKS = ["checkbox", "radio"];

function said(form) {
  const fields = [...form.elements].filter((field) => field.name);
  return JSON.stringify(fields.map((field) => [field.name, TICKS.includes(field.type) ? field.checked : field.value]));
}

// Forms inside `root` that are written into. `[data-unsaved]` says that what the page shows was not saved yet.
export function warnOfUnsaved(root) {
  const forms = [...root.querySelectorAll("form.form")].filter((form) => form.method === "post");
  const before = new Map(forms.map((form) => [form, said(form)]));
  let isSending = false;
  const isUnsaved = (form) => form.querySelector("[data-unsaved]") !== null || said(form) !== before.get(form);

  root.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) isSending = true;
  });
  window.addEventListener("pageshow", () => {
    isSending = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isSending || document.documentElement.classList.contains("is-left")) return;
    if (!forms.some(isUnsaved)) return;
    event.preventDefault();
    event.returnValue = ""; // older browsers ask only when they are told so
  });
}
