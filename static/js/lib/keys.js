// Keys by where they are on the keyboard, so that a Russian layout works as well. Nothing while somebody is typing.

function isTyping(target) {
  return target.closest?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])") !== null;
}

// { KeyJ: () => …, "Shift+KeyX": () => … }; a handler that returns false leaves the key to the browser.
export function onKeys(handlers, root = document) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const handler = handlers[(event.shiftKey ? "Shift+" : "") + event.code];
    if (handler && handler(event) !== false) event.preventDefault();
  });
}

// "?" opens and closes the list of keys; Z presses the button of the last undo.
export function installHelp() {
  const help = document.querySelector("[data-keys]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || isTyping(event.target) || !help) return;
    event.preventDefault();
    help.open = !help.open;
    if (help.open) help.scrollIntoView({ block: "nearest" });
  });
  onKeys({ KeyZ: () => document.querySelector("[data-undo]")?.click() });
}
