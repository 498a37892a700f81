"""Something temporary that people should know: what, where, from when to when."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.models import Visibility
from services.models import Notice, NoticeKind
from workspace.shared.forms import DayField, EditForm


class NoticeForm(EditForm[Notice]):
    columns = ("kind", "text", "text_en", "starts_on", "ends_on", "visibility")

    kind = forms.ChoiceField(label=_("What is it about"), choices=NoticeKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Text"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    text_en = forms.CharField(
        label=_("The same in English"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    about = forms.ChoiceField(label=_("Where it is shown"))
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"), help_text=_("Empty: until you take it down."), required=False)
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Visibility.choices, widget=forms.RadioSelect)
