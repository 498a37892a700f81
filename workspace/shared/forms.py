"""Forms that edit one row through a service and lose nothing, whoever else saves meanwhile.

A form is filled from the row, carries the row's version in a hidden field and hands its values to a service. When
somebody else was quicker (StaleWrite), fields that only they changed take their values, and fields that both
changed show their value beside yours with a tick "take this one"; the next press on "Save" writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeAlias, TypeVar, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.constraints import Editable
from core.errors import HouseError, StaleWrite
from core.languages import BESIDE, MESSAGES, SOURCE, labelled, shown, split_column, stored
from workspace.shared.audit import version_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TAKE = "take-"
RowT = TypeVar("RowT", bound=Editable)
#: What was sent, or what a form is filled with: name → value.
Filled = Mapping[str, object]
#: Words on a page, translated now or when they are shown.
Words: TypeAlias = "str | _StrPromise"


class PlainForm(forms.Form):
    """A form without a row behind it; nobody can have saved it meanwhile."""

    conflicts: ClassVar[dict[str, str]] = {}
    rival_news = False


class ReasonForm(PlainForm):
    """Why something is done. `is_own` is asked of the organisation itself, which need not be told who reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The organisation reads this, and it stays in the history."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Filled | None = None, *, is_own: bool = False, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        if is_own:
            self.fields["reason"].help_text = ""
            self.fields["reason"].widget.attrs["rows"] = 3


class DayField(forms.DateField):
    """A date, picked in the browser's own calendar; of these two centuries, so that it can be reckoned with."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        bounds = [MinValueValidator(dt.date(1900, 1, 1)), MaxValueValidator(dt.date(2099, 12, 31))]
        super().__init__(**options, validators=bounds)


class EditForm(forms.Form, Generic[RowT]):
    """Base of the forms of one row. `columns` are the fields that go to the service under the same names."""

    columns: ClassVar[tuple[str, ...]] = ()
    #: Of a new row, what is only proposed: the service chooses where a person did not.
    proposed: ClassVar[tuple[str, ...]] = ()
    required_css_class = "required"

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, data: Filled | None = None, *, row: RowT | None = None, initial: Filled | None = None) -> None:
        self.row = row if row is not None and row.pk else None
        #: Field → their value in words, where both changed it; and labels of fields that took theirs.
        self.conflicts: dict[str, str] = {}
        self.taken_over: list[str] = []
        self.rival_news = False
        filled = self.initial_of(self.row) | {"version": self._version} if self.row else {}
        super().__init__(data, initial={**filled, **(initial or {})})
        name_language_beside(self)
        if self.is_bound and self.row:
            self._take_chosen(self.row)

    @property
    def _version(self) -> int:
        return getattr(self.row, "version", 1)

    def initial_of(self, row: RowT) -> dict[str, object]:
        """What the fields show for a row (or for an audit event of one)."""
        return {name: read(row, name) for name in self.columns}

    def values(self) -> dict[str, Any]:
        """What goes to the service. Of a new row, without a proposal that nobody touched: the service knows better,
        once it has read the rest.
        """
        said = [name for name in self.columns if not self._is_left_to_the_service(name)]
        values = {self.column_of(name): self.cleaned_data[name] for name in said}
        if self.row:
            values["expected_version"] = self.cleaned_data.get("version") or 0
        return values

    def _is_left_to_the_service(self, name: str) -> bool:
        return self.row is None and name in self.proposed and name not in self.changed_data

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Errors of the service inside the block become errors of the form."""
        try:
            yield
        except StaleWrite as error:
            self.meet_rival(cast(RowT, error.current))  # the row that this very form edits
        except ValidationError as error:
            self.take_faults(error)
        except HouseError as error:
            self.add_error(error.field if error.field in self.fields else None, str(error.message))

    def take_faults(self, error: ValidationError) -> None:
        """Put each fault beside its field; faults of fields that the form lacks go to the top."""
        found = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, faults in found.items():
            field = self.field_for(name)
            self.add_error(field if field in self.fields else None, faults)

    def field_for(self, name: str) -> str:
        """The field of the form that shows a fault of this field of the row."""
        return shown(name)

    def column_of(self, name: str) -> str:
        """The column that takes what is written in this field."""
        return stored(name)

    def meet_rival(self, current: RowT) -> None:
        """Merge with what somebody else saved: see the rule at the top of this module."""
        theirs, base = self.initial_of(current), self._base(current)
        data = cast(QueryDict, self.data).copy()
        for name, value in theirs.items():
            bound = self[name]
            untouched_by_them = base is not None and base.get(name) == value
            if untouched_by_them or not bound.field.has_changed(value, bound.data):
                continue
            if base is not None and not bound.field.has_changed(base.get(name), bound.data):
                _put(data, bound, value)
                self.taken_over.append(str(bound.label))
            else:
                self.conflicts[name] = self.in_words(name, value)
        data[self.add_prefix("version")] = str(current.version)
        self.data = data
        self.rival_news = True

    def in_words(self, name: str, value: object) -> str:
        """A value as a person reads it, for the line "in the base now: …"."""
        field = self.fields[name]
        choices = dict(_flat_choices(getattr(field, "choices", ())))
        if isinstance(value, list | tuple):
            return ", ".join(str(choices.get(str(v), v)) for v in value) or _("empty")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(choices.get(str(value), value) if value not in (None, "") else _("empty"))

    def _base(self, current: RowT) -> dict[str, object] | None:
        """The row as this person opened it, out of the audit."""
        event = version_of(current, self.cleaned_data.get("version"))
        return self.initial_of(event) if event else None

    def _take_chosen(self, row: RowT) -> None:
        """Fields with a tick at "take this one" get the value that the row has now."""
        chosen = [key.removeprefix(TAKE) for key in self.data if key.startswith(TAKE)]
        if not chosen:
            return
        theirs = self.initial_of(row)
        data = cast(QueryDict, self.data).copy()
        for name in chosen:
            if name in theirs:
                _put(data, self[name], theirs[name])
        self.data = data


def chooser(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field of the form of which one knows that something is chosen in it."""
    return cast(forms.ChoiceField, form.fields[name])


def read(row: Model, name: str) -> object:
    """A field of a row or of an audit event; translations live in the `i18n` column."""
    if split_column(stored(name))[1] != SOURCE:
        translations: Mapping[str, str] = getattr(row, "i18n", None) or {}
        return translations.get(stored(name)) or ""
    return getattr(row, name)


def name_language_beside(form: forms.Form) -> None:
    """Fields are labelled for English beside the source; where the text beside is in another language, it is named."""
    if BESIDE == MESSAGES:
        return
    for name, field in form.fields.items():
        of_source = form.fields.get(shown_source(name))
        if of_source is not None and of_source is not field:
            field.label = labelled(str(of_source.label), BESIDE)


def shown_source(name: str) -> str:
    """The field of the source's text, beside which this one stands."""
    return split_column(stored(name))[0]


def _put(data: QueryDict, bound: forms.BoundField, value: object) -> None:
    """Write a value into form data as the browser would have sent it."""
    name = bound.html_name
    shown = bound.field.prepare_value(value)
    if isinstance(shown, list | tuple):
        data.setlist(name, [str(item) for item in shown])
    elif isinstance(bound.field, forms.BooleanField):
        data.pop(name, None)
        if shown:
            data[name] = "on"
    else:
        data[name] = "" if shown is None else bound.field.widget.format_value(shown) or ""


def _flat_choices(choices: Iterable[tuple[object, object]]) -> Iterator[tuple[str, object]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat_choices(label)
        else:
            yield str(value), label
