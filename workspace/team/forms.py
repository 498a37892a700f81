"""Forms of the team page."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages import offered, writing
from organizations.models import MembershipRole
from organizations.models.membership import OWN_ROLES


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("What the person will do"),
        choices=[(role, role.label) for role in OWN_ROLES],
        initial=MembershipRole.EDITOR,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=offered)

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.initial.setdefault("language", writing())
