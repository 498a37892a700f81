// A contact for colleagues has a name and is never public; a contact for clients has no name.
const form = document.querySelector("[data-contact]");

function follow() {
  const isForColleagues = form.querySelector("[name=audience]:checked")?.value === "colleagues";
  const everybody = form.querySelector("[name=visibility][value=public]");
  form.querySelector("[data-for-colleagues]").hidden = !isForColleagues;
  everybody.disabled = isForColleagues;
  if (isForColleagues && everybody.checked) form.querySelector("[name=visibility][value=members]").checked = true;
}

form.addEventListener("change", follow);
follow();
