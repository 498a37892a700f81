"""Where a column of somebody else's list may go, and the words by which people name such columns.

Rule: a target is a field of the mapping language (`exchange.importing.translating.mapping`), so whatever is matched
here is a mapping that the command line reads as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.geo.countries import country_codes, country_name
from core.languages import codes as languages
from core.spelling.folding import folded
from core.types import Words
from exchange.importing.translating.fields import COUNTRIES, known_codes, model_field
from services.models import DeliveryLanguage, ServiceType, TargetGroup


@dataclass(frozen=True)
class Target:
    """`code` is “part.field”; `words` are beginnings of names, folded. One that `is_many` takes several."""

    code: str
    words: tuple[str, ...]
    label: Words = ""
    is_many: bool = False

    @property
    def part(self) -> str:
        return self.code.partition(".")[0]

    @property
    def name(self) -> str:
        return self.code.partition(".")[2]

    @property
    def said(self) -> str:
        """Its name for people, in the active language."""
        if self.label:
            return str(self.label)
        field = model_field(self.part, self.name)
        words = str(field.verbose_name) if field is not None else self.code
        return words[:1].upper() + words[1:]

    @property
    def is_coded(self) -> bool:
        return self.code in CODED


#: Fields whose values are matched with ours, one by one.
CODED = ("service.types", "service.groups", "service.languages", "service.cost", "location.country")
TARGETS = (
    Target(
        "service.title",
        ("название услуги", "услуга", "service name", "service", "название", "наименование", "title", "name", "имя"),
        _("What is given (name of the service)"),
    ),
    Target(
        "service.types",
        (
            "вид услуг",
            "какие услуги",
            "услуги",
            "вид помощи",
            "тип услуг",
            "вид",
            "тип",
            "категори",
            "направлени",
            "что это",
            "kind",
            "services",
            "type",
            "categor",
            "folder",
            "папка",
            "слой",
            "layer",
        ),
        _("Kind of service"),
    ),
    Target("service.summary", ("коротко", "кратк", "одной фразой", "аннотаци", "summary", "short description")),
    Target(
        "service.text",
        (
            "описани",
            "подробн",
            "примечани",
            "комментари",
            "заметк",
            "description",
            "comment",
            "notes",
            "note",
            "details",
            "условия",
        ),
        _("Description"),
        is_many=True,
    ),
    Target(
        "service.groups",
        (
            "для кого",
            "кого",
            "кому",
            "целевая групп",
            "групп",
            "ключев",
            "population",
            "target",
            "for whom",
            "beneficiar",
            "client",
        ),
        _("For whom"),
    ),
    Target("service.languages", ("язык", "language"), _("Languages of the service")),
    Target("service.cost", ("стоимост", "цена", "оплата", "cost", "price", "fee"), _("What it costs")),
    Target(
        "location.name",
        (
            "название места",
            "учреждени",
            "место",
            "площадк",
            "объект",
            "кабинет",
            "place",
            "facility",
            "site name",
            "location name",
            "venue",
            "clinic",
            "клиник",
        ),
        _("Name of the place"),
    ),
    Target("location.address", ("адрес", "улица", "address", "street"), _("Street and house")),
    Target("location.city", ("город", "насел", "city", "town", "settlement", "village"), _("City or village")),
    Target("location.district", ("район", "district", "rayon"), _("District")),
    Target("location.region", ("область", "регион", "край", "region", "oblast", "province"), _("Region")),
    Target("location.country", ("страна", "country", "государств"), _("Country")),
    Target("location.lat", ("lat", "latitude", "широта", "gps latitude", "y"), _("Latitude")),
    Target("location.lon", ("lon", "long", "lng", "longitude", "долгота", "gps longitude", "x"), _("Longitude")),
    Target(
        "location.directions",
        ("как пройти", "как добрат", "ориентир", "direction", "landmark", "how to get"),
        _("How to find the door"),
    ),
    Target(
        "listing.hours",
        (
            "часы",
            "время работы",
            "время приема",
            "график",
            "режим",
            "расписани",
            "hours",
            "schedule",
            "opening",
            "working time",
        ),
        _("Opening hours, in words"),
    ),
    Target(
        "contact.phone",
        ("телефон", "тел", "моб", "phone", "tel", "mobile", "номер телефона", "горячая линия"),
        _("Phone"),
        is_many=True,
    ),
    Target(
        "contact.email",
        ("e mail", "email", "почта", "эл почта", "mail", "электронная почта"),
        _("E-mail"),
        is_many=True,
    ),
    Target("contact.telegram", ("telegram", "телеграм", "тг"), _("Telegram"), is_many=True),
    Target("contact.whatsapp", ("whatsapp", "ватсап", "вотсап", "wa"), _("WhatsApp"), is_many=True),
    Target(
        "contact.form",
        ("сайт", "website", "web", "site", "url", "ссылка", "link", "страница"),
        _("Website"),
        is_many=True,
    ),
    Target(
        "organization.name",
        ("организаци", "нко", "нпо", "organi", "org name", "ngo", "партнер", "partner"),
        _("Organisation"),
    ),
    Target("id", ("id", "uuid", "no", "№", "номер", "код", "code", "index"), _("Number of the row")),
)
BY_CODE = {target.code: target for target in TARGETS}
_MODELS = {"types": ServiceType, "groups": TargetGroup, "languages": DeliveryLanguage}


def words_for(code: str) -> dict[str, list[str]]:
    """For a coded target: folded words in every language → codes, names before synonyms."""
    target = BY_CODE[code]
    found: dict[str, list[str]] = {}
    for word, known in [*_names(target), *_synonyms(target)]:
        at = found.setdefault(folded(word), [])
        at += [known] if known not in at else []
    return found


def _names(target: Target) -> list[tuple[str, str]]:
    if target.name in COUNTRIES:
        told: list[tuple[str, str]] = [(code, code) for code in country_codes()]
        for language in languages():
            with override(language):
                told += [(country_name(code), code) for code in country_codes()]
        return told
    told = []
    for language in languages():
        with override(language):
            known = known_codes(target.part, target.name) or {}
            told += [(str(words), code) for code, words in known.items()] + [(code, code) for code in known]
    return told


def _synonyms(target: Target) -> list[tuple[str, str]]:
    if (model := _MODELS.get(target.name)) is None:
        return []
    terms = model.objects.current()  # type: ignore[attr-defined]
    known = known_codes(target.part, target.name) or {}
    rows = {term.code: term.synonyms for term in terms.filter(code__in=known)}
    return [(word, code) for code in known for words in (rows.get(code) or {}).values() for word in words]
