"""What an invited person is asked."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts.forms import PASSWORD_HELP
from accounts.models import User
from organizations.models import Invitation


class JoinForm(forms.Form):
    """For a person without an account: the address is known from the letter."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, help_text=_("As colleagues call you. It is not shown to the public.")
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, invitation: Invitation) -> None:
        super().__init__(data)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.invitation = invitation

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password:
            person = User(email=self.invitation.email, name=cleaned.get("name", ""))
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
