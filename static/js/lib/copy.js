// Copying by a press.

// The clipboard where the page may use it, else what a browser of any age and any frame copies: a marked text.
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    return isDone;
  }
}

// A button whose last words become `done` once its text is copied.
export async function copy(button, text, done) {
  if (await toClipboard(text)) button.lastChild.textContent = done;
}
