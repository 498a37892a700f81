"""Vocabulary, services and listings for tests, made through the services."""

from __future__ import annotations

from itertools import count
from typing import Any

from organizations.models import Location, Organization
from services import services
from services.models import (
    Attribute,
    AttributeAnswer,
    DeliveryLanguage,
    DocumentKind,
    HowAnswered,
    MigrationStatus,
    Service,
    ServiceAtLocation,
    ServiceType,
    TargetGroup,
)

_numbers = count(1)


def make_vocabulary() -> None:
    """A handful of terms of each kind, with the codes of the real vocabulary."""
    prevention, _new = ServiceType.objects.get_or_create(
        code="hiv_prevention", defaults={"name": "ВИЧ: тест и профилактика", "family": "health"}
    )
    harm, _new = ServiceType.objects.get_or_create(
        code="harm_reduction", defaults={"name": "Снижение вреда", "family": "harm", "position": 1}
    )
    leaves = ((prevention, "hiv_rapid_test", "B"), (prevention, "prep", "B"), (harm, "needle_syringe", "B"))
    for position, (parent, code, letter) in enumerate(leaves):
        defaults = {
            "name": code,
            "parent": parent,
            "family": parent.family,
            "position": position,
            "verification_class": letter,
        }
        ServiceType.objects.get_or_create(code=code, defaults=defaults)
    for model, codes in (
        (TargetGroup, ("plhiv", "msm", "sex_workers")),
        (MigrationStatus, ("undocumented", "asylum_seeker")),
        (DeliveryLanguage, ("ru", "ka", "en")),
        (DocumentKind, ("none", "any_id", "passport")),
    ):
        for position, code in enumerate(codes):
            model.objects.get_or_create(code=code, defaults={"name": code, "position": position})


def make_attribute(code: str = "dogs", *own: str, **fields: Any) -> Attribute:
    """One that is answered by yes and no, or by its `own` answers."""
    answers = HowAnswered.CHOICE if own else HowAnswered.YES_NO
    values = {"name": f"Признак {code}", "name_en": f"Attribute {code}", "answers": answers} | fields
    attribute = Attribute.objects.create(code=code, **values)
    for position, one in enumerate(own):
        AttributeAnswer.objects.create(
            attribute=attribute, code=f"{code}-{one}", name=f"Ответ {one}", name_en=f"Answer {one}", position=position
        )
    return attribute


def make_service(organization: Organization, **fields: Any) -> Service:
    fields = {
        "title": f"Тест на ВИЧ {next(_numbers)}",
        "summary": "Приходите без записи: ответ через двадцать минут.",
        "types": ["hiv_rapid_test"],
        "languages": ["ru"],
        "cost": "free",
    } | fields
    make_vocabulary()
    return services.create_service(actor=None, organization=organization, **fields)


def make_listing(service: Service, location: Location | None = None, **fields: Any) -> ServiceAtLocation:
    return services.add_listing(actor=None, service=service, location=location, **fields)
