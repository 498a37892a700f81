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
from verification.coordination.alike.rule.keys import keys_of
from verification.coordination.alike.sketches import basis_of, sketches_of
from verification.models import Fingerprint

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
        keys, big = _filled(rng)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself, once what was written is committed
        print(f"{len(keys)} listings with their keys, {len(big)} of them one organisation's")  # noqa: T201
        _ask("a new one", rng.sample(keys, ASKED))
        _ask("a new one of the big one", rng.sample(big, ASKED // 4))
        Fingerprint.objects.filter(listing__in=rng.sample(keys, 20)).delete()
        began, busy = time.perf_counter(), time.process_time()
        done = look(AT_ONCE)
        each, work = (time.perf_counter() - began) / done, (time.process_time() - busy) / done
        print(f"the worker's look: {each:.3f} s each (processor {work:.3f}), pairs written")  # noqa: T201
        transaction.set_rollback(True)


def _ask(what: str, keys: list[int]) -> None:
    """Ask of each what it is like, as of something new, and tell how long it took."""
    times, work, found = [], [], 0
    for pk, sketch in sketches_of(keys).items():
        began, busy = time.perf_counter(), time.process_time()
        found += len(like(sketch, but=pk))
        times.append(time.perf_counter() - began)
        work.append(time.process_time() - busy)
    slowest, median = max(times), statistics.median(times)
    told = f"median {median:.3f} s, slowest {slowest:.3f} s (processor {max(work):.3f})"
    print(f"{what}: {told}; {found / len(keys):.1f} found")  # noqa: T201


def _filled(rng: random.Random) -> tuple[list[int], list[int]]:
    """The keys of all listings, and those of the organisation that has a tenth of them."""
    owners = Organization.objects.bulk_create(
        Organization(slug=f"bench-{n}", name=f"Организация {n}", registration_country="GE")
        for n in range(ORGANIZATIONS)
    )
    Contact.objects.bulk_create(
        Contact(organization=owner, channel="phone", value=f"+995 32 2{n:06d}") for n, owner in enumerate(owners)
    )
    known = [code for code in _codes() if code in KINDS] or list(_codes())[:1]
    whose = [owners[0] if n % 10 == 0 else owners[n % len(owners)] for n in range(LISTINGS)]
    places = Location.objects.bulk_create(_place(rng, owner) for owner in whose)
    services = Service.objects.bulk_create(_service(rng, place, known) for place in places)
    pairs = zip(services, places, strict=True)
    made = ServiceAtLocation.objects.bulk_create(ServiceAtLocation(service=s, location=p) for s, p in pairs)
    keys = [row.pk for row in made]
    for start in range(0, len(keys), 1000):
        sketches = sketches_of(keys[start : start + 1000])
        Fingerprint.objects.bulk_create(
            Fingerprint(listing_id=pk, keys=keys_of(one), basis=basis_of(one)) for pk, one in sketches.items()
        )
    return keys, [row.pk for row, owner in zip(made, whose, strict=True) if owner is owners[0]]


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
