"""How members reach the coordinators of a country in an emergency; written by these, read by people of the network."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core.constraints import save_version
from core.errors import NotAllowed
from core.writing import assign, check, insert, one_write
from network.countries.models import CountryDesk
from organizations import contact_values

FIELDS = ("line", "line_hours", "chat_link", "protocol")
FAULTS = {"countrydesk_hours_of_a_line": "line"}


@one_write
def set_desk(*, actor: User, country: str, expected_version: int | None = None, **fields: object) -> CountryDesk:
    """The whole of it anew. The number is kept as it is dialled from abroad; a chat has an address of the web."""
    if not actor.coordinates(country):
        raise NotAllowed(_("Only a coordinator of this country may do this."))
    row = CountryDesk.objects.filter(country=country).first()
    desk = row or CountryDesk(country=country)
    assign(desk, fields, allowed=FIELDS)
    try:
        desk.line = contact_values.phone(desk.line, country=country) if desk.line else ""
    except ValidationError as error:
        raise ValidationError({"line": error.messages}) from error
    if desk.chat_link and not desk.chat_link.startswith("https://"):
        raise ValidationError({"chat_link": _("The address begins with https://")})
    if row is None:
        return insert(desk, fields_of=FAULTS)
    columns = [*FIELDS, "i18n"]
    check(desk, columns, fields_of=FAULTS)
    return save_version(desk, expected=expected_version or desk.version, fields=columns)
