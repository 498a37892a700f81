/** Shows what needs a passkey only where there can be one, and says so when the device did not answer. */

if (window.PublicKeyCredential) {
  for (const element of document.querySelectorAll("[data-with-keys]")) element.hidden = false;
  for (const element of document.querySelectorAll("[data-without-keys]")) element.hidden = true;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.querySelector("[data-key-trouble]");
  if (trouble) trouble.hidden = false;
});
