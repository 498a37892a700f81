"""The forms of signing in, passwords, addresses and second factors, in our own words.

Labels stand above the fields and nothing is said in placeholders, which vanish when a person begins to type.
"""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as key_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.post import ask_for_password
from core.languages import offered, writing
from core.types import Words

PASSWORD_HELP = _(
    "At least 10 characters. A few unrelated words are easy to remember and hard to guess. "
    "Not your name, not only digits, not a password that many people use."
)
CODE_HELP = _("Six digits from the app, or one of your recovery codes.")


class PlainFields:
    """Takes placeholders off and puts our labels and help on."""

    fields: dict[str, forms.Field]
    labels: Mapping[str, Words] = {}
    helps: Mapping[str, Words] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class LoginForm(PlainFields, account_forms.LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password"), "remember": _("Keep me signed in for a week")}
    helps = {"remember": _("Leave it off on a computer that others use too.")}


class ChangeEmailForm(PlainFields, account_forms.AddEmailForm):
    labels = {"email": _("New address")}
    helps = {"email": _("We send a link there. The old address works until you open it.")}


class ResetPasswordForm(PlainFields, account_forms.ResetPasswordForm):
    labels = {"email": _("E-mail")}

    def clean_email(self) -> str:
        """Nobody is looked up here: an answer that took longer would say that there is such an account."""
        self.users: list[User] = []
        return str(get_adapter().clean_email(self.cleaned_data["email"].lower()))

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        email = str(self.cleaned_data["email"])
        ask_for_password(email=email, language=writing(), base=request.build_absolute_uri("/"))
        return email


class ChangePasswordForm(PlainFields, account_forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    helps = {"password1": PASSWORD_HELP}


class SetPasswordForm(PlainFields, account_forms.SetPasswordForm):
    labels = {"password1": _("New password"), "password2": _("New password once more")}
    helps = {"password1": PASSWORD_HELP}


class NewPasswordForm(PlainFields, account_forms.ResetPasswordKeyForm):
    labels = SetPasswordForm.labels
    helps = SetPasswordForm.helps


class ReauthenticateForm(PlainFields, account_forms.ReauthenticateForm):
    labels = {"password": _("Password")}


class SecondFactorForm(PlainFields, factor_forms.AuthenticateForm):
    labels = {"code": _("Code")}
    helps = {"code": CODE_HELP}


class SecondFactorAgainForm(PlainFields, factor_forms.ReauthenticateForm):
    labels = {"code": _("Code")}
    helps = {"code": CODE_HELP}


class ActivateAppForm(PlainFields, app_forms.ActivateTOTPForm):
    labels = {"code": _("Code from the app")}
    helps = {"code": _("Six digits. They change every half minute.")}


class AddKeyForm(PlainFields, key_forms.AddWebAuthnForm):
    labels = {"name": _("Name of the key"), "passwordless": _("Sign in with this key alone, without a password")}
    helps = {
        "name": _("So that you tell your keys apart: “phone”, “key on the ring”."),
        "passwordless": _("The device then asks for its PIN, a fingerprint or a face."),
    }


class RenameKeyForm(PlainFields, key_forms.EditWebAuthnForm):
    labels = {"name": _("Name of the key")}


class ProfileForm(forms.ModelForm):
    """What a person changes about themselves without anybody's consent."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Colleagues see it beside what you changed and checked."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=offered,
        help_text=_("For letters, and for the first page after signing in."),
    )

    class Meta:
        model = User
        fields = ("name", "language")
