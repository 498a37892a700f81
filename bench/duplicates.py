"""How long it takes to find what a new listing is like, among 20,000.

`bin/manage shell -c "from bench.duplicates import main; main()"`. All is written in one transaction, and taken back.
"""

from __future__ import annotations

import random
import statistics
import time

from django.contrib.gis.geos import Point
from django.db import connection, transaction

from organizations.models import Contact, Location, Organization
from services.models import Service, ServiceAtLocation, ServiceType
from verification.coordination.alike.finding import AT_ONCE, like, look
from verification.coordination.alike.sketches import basis_of, sketch_of
from verification.duplicates.keys import keys_of
from verification.models import Fingerprint
from verification.snapshots import parts

LISTINGS, ORGANIZATIONS, ASKED = 20_000, 400, 40
CITIES = ("Тбилиси", "Батуми", "Алматы", "Астана", "Бишкек", "Ереван", "Варшава", "Берлин")
KINDS = {
    "hiv_rapid_test": ("Тест на ВИЧ", "Экспресс-тест на ВИЧ", "Анонимное тестирование", "HIV rapid test"),
    "psychologist": ("Психолог", "Приём психолога", "Группа с психологом", "Psychologist"),
    "needle_syringe": ("Программа игл и шприцев", "Обмен шприцев", "Пункт доверия", "Needle exchange"),
}
STREETS = ("Речная", "Мира", "Абая", "Киевская", "Садовая", "Вокзальная", "Новая", "Школьная")


def main() -> None:
    rng = random.Random(13)  # noqa: S311  (the same table every time)
    with transaction.atomic():
        rows = _filled(rng)
        print(f"{len(rows)} listings with their keys")  # noqa: T201
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE verification_fingerprint")
        times, found = [], 0
        for row in rng.sample(rows, ASKED):
            began = time.perf_counter()
            found += len(like(sketch_of(parts(ServiceAtLocation.objects.filter(pk=row.pk)).get()), but=row.pk))
            times.append(time.perf_counter() - began)
        Fingerprint.objects.filter(listing__in=[row.pk for row in rng.sample(rows, 20)]).delete()
        began = time.perf_counter()
        done = look(AT_ONCE)
        each = (time.perf_counter() - began) / done
        slowest, median = max(times), statistics.median(times)
        print(f"a new one: median {median:.3f} s, slowest {slowest:.3f} s; {found / ASKED:.1f} found")  # noqa: T201
        print(f"the worker's look: {each:.3f} s each, pairs written")  # noqa: T201
        transaction.set_rollback(True)


def _filled(rng: random.Random) -> list[ServiceAtLocation]:
    owners = Organization.objects.bulk_create(
        Organization(slug=f"bench-{n}", name=f"Организация {n}", registration_country="GE")
        for n in range(ORGANIZATIONS)
    )
    Contact.objects.bulk_create(
        Contact(organization=owner, channel="phone", value=f"+995 32 2{n:06d}") for n, owner in enumerate(owners)
    )
    known = [code for code in _codes() if code in KINDS] or list(_codes())[:1]
    places = Location.objects.bulk_create(
        _place(rng, owner) for owner in owners for _n in range(LISTINGS // len(owners))
    )
    services = Service.objects.bulk_create(_service(rng, place, known) for place in places)
    pairs = zip(services, places, strict=True)
    made = ServiceAtLocation.objects.bulk_create(ServiceAtLocation(service=s, location=p) for s, p in pairs)
    keys = [row.pk for row in made]
    for start in range(0, len(keys), 1000):
        some = parts(ServiceAtLocation.objects.filter(pk__in=keys[start : start + 1000]))
        sketches = [(row.pk, sketch_of(row)) for row in some]
        Fingerprint.objects.bulk_create(
            Fingerprint(listing_id=pk, keys=keys_of(one), basis=basis_of(one)) for pk, one in sketches
        )
    return made


def _codes() -> list[str]:
    return list(ServiceType.objects.leaves().order_by("code").values_list("code", flat=True))


def _place(rng: random.Random, owner: Organization) -> Location:
    at = Point(44.7 + rng.random() / 5, 41.6 + rng.random() / 5, srid=4326)
    street = f"ул. {rng.choice(STREETS)}, {rng.randint(1, 200)}"
    return Location(
        organization=owner, name="Кабинет", country="GE", city=rng.choice(CITIES), address=street, point=at,
        timezone="Asia/Tbilisi",
    )  # fmt: skip


def _service(rng: random.Random, place: Location, known: list[str]) -> Service:
    kind = rng.choice(known)
    names = KINDS.get(kind, ("Тест на ВИЧ", "Психолог"))
    return Service(organization=place.organization, title=rng.choice(names), types=[kind])
