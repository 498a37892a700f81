"""A form that asks the house's own services whether they would take what was written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.constraints import Editable
from core.errors import HouseError


def _is_text_by_code(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _is_links(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(i, dict) and isinstance(i.get("url"), str) for i in value)


#: What the JSON of a column must look like before a service may read it.
_SHAPES: dict[str, Callable[[object], bool]] = {
    "groups": _is_text_by_code,
    "hours": lambda value: isinstance(value, dict),
    "links": _is_links,
}


#: Takes the actor, the row (None for a new one), the version that was seen, and the new values by field.
Write = Callable[[User, Editable | None, int, dict[str, object]], Editable]


class ContentForm(forms.ModelForm):
    """Carries the version that the person saw, and rehearses the write before it is made.

    `write` is the service, `actor` who works; the screen sets both. The rehearsal rolls back, so every refusal of the
    service stands beside its field and nothing is half written.
    """

    write: Write
    actor: User
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = self.instance.version
        if "slug" in self.fields and self.instance.pk is None:
            self.fields["slug"].required = False  # the service makes one of the name

    def changed_values(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "expected_version"}

    def perform(self) -> Editable:
        """Write for good. The row is read anew: the form's own instance carries the changes already."""
        row = type(self.instance)._default_manager.get(pk=self.instance.pk) if self.instance.pk else None
        version = self.cleaned_data.get("expected_version") or 0
        return type(self).write(self.actor, row, version, self.changed_values())

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        for name, fits in _SHAPES.items():
            if name in cleaned and not fits(cleaned[name]):
                self.add_error(name, _("This field has another shape: look at the same field of another row."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # a hook of Django's that its stubs leave out
        if self.errors or not self.changed_values():
            return
        try:
            with transaction.atomic():
                self.perform()
                transaction.set_rollback(True)
        except ValidationError as error:
            self.add_error(None, _known_fields(error, self.fields))
        except HouseError as error:
            self.add_error(error.field if error.field in self.fields else None, str(error.message))


def _known_fields(error: ValidationError, fields: Collection[str]) -> ValidationError:
    """Faults beside fields that this form shows stay there; others go above the form."""
    if not hasattr(error, "error_dict"):
        return error
    placed: dict[str, list[ValidationError]] = {}
    for name, faults in error.error_dict.items():
        placed.setdefault(name if name in fields else "__all__", []).extend(faults)
    return ValidationError(placed)
