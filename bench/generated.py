"""A directory of any size, always the same: listings around real cities, of which every seventh shares a place."""

from __future__ import annotations

from typing import Any

from django.db import connection

from core.geo import gazetteer

CITIES = 2000
#: A number from 0 to 1 that belongs to a key and a purpose, whatever the size of the directory.
_DRAWN = "((('x' || substr(md5({key}::text || '{salt}'), 1, 8))::bit(32)::bigint) / 4294967296.0)"


def fill(table: str, size: int) -> None:
    """Rows instead of those that there are; inside a transaction that is taken back."""
    places = sorted(gazetteer.places().values(), key=lambda one: one.id)[:: max(1, len(gazetteer.places()) // CITIES)]
    given: dict[str, Any] = {
        "lons": [one.lon for one in places],
        "lats": [one.lat for one in places],
        "ids": [one.id for one in places],
        "countries": [one.country for one in places],
        "zones": [one.timezone for one in places],
        "size": size,
        "cities": len(places),
    }
    columns = _columns()
    sql = f"""
    WITH city AS (
        SELECT * FROM unnest(
            %(lons)s::float8[], %(lats)s::float8[], %(ids)s::text[], %(countries)s::text[], %(zones)s::text[])
        WITH ORDINALITY AS city (lon, lat, code, country, zone, number)
    ), drawn AS (
        SELECT n, n - (n %% 7 = 0)::int AS place FROM generate_series(1, %(size)s) AS n
    ), spot AS (
        SELECT n, place, city.*, {_drawn("place", "x")} AS dx, {_drawn("place", "y")} AS dy
        FROM drawn JOIN city ON city.number = 1 + floor(power({_drawn("place", "city")}, 3) * %(cities)s)
    )
    INSERT INTO {table} ({", ".join(columns)}) SELECT {", ".join(columns.values())} FROM spot"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        cursor.execute(sql, given)
        cursor.execute(f"ANALYZE {table}")


def _drawn(key: str, salt: str) -> str:
    return _DRAWN.format(key=key, salt=salt)


def _one(salt: str, *values: str) -> str:
    """One of these texts, the earlier ones more often."""
    return f"(ARRAY[{_texts(values)}])[1 + floor(power({_drawn('n', salt)}, 2) * {len(values)})::int]"


def _some(salt: str, most: int, *values: str) -> str:
    """Up to so many of these texts as an array, maybe none."""
    picked = ", ".join(_one(f"{salt}{number}", *values) for number in range(most))
    first = f"floor({_drawn('n', salt)} * {most + 1})::int"
    return f"(ARRAY(SELECT DISTINCT one FROM unnest((ARRAY[{picked}])[1:{first}]) AS one ORDER BY one))"  # noqa: S608


def _texts(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


#: Codes of the vocabulary, so that addresses may name them.
SERVICES = (
    "hiv_rapid_test", "needle_syringe_programme", "psychologist", "shelter", "stay_permits", "art", "peer_counselling",
    "food_hygiene_clothes", "sti_test_treatment", "interpreting_mediation", "employment", "naloxone",
)  # fmt: skip
GROUPS = ("msm", "sex_workers", "plhiv", "people_who_use_drugs", "trans_nonbinary", "lgbtq", "homeless")
LANGUAGES = ("ru", "en", "uk", "uz", "kk", "ky", "tg", "ka", "hy", "az", "pl", "de", "ro", "tr", "fa", "ar")
HOURS = tuple(
    f'{{"slots": [{{"days": [0, 1, 2, 3, 4], "opens": "{first:02}:00", "closes": "{last:02}:30"}}]}}'
    for first in range(7, 12)
    for last in range(15, 22)
)


# long: one column a line
def _columns() -> dict[str, str]:
    checked = f"(current_date - floor({_drawn('n', 'day')} * 200)::int)"
    names = "'title', 'Услуга ' || n, 'place', 'Место ' || place, 'organization', 'Мост'"
    arrays = dict.fromkeys(["interpreter_languages", "attributes", "area_codes"], "'{}'")
    objects = dict.fromkeys(["groups", "accessibility", "capacity_note"], "'{}'")
    lists = dict.fromkeys(["contacts", "notices", "stops", "areas"], "'[]'")
    texts = dict.fromkeys(["hours_osm", "capacity_level", "search_text"], "''")
    words = {"gender": "any", "waiting": "same_day", "location_type": "office", "precision": "exact",
             "check_method": "workspace"}  # fmt: skip
    return {
        **arrays,
        **objects,
        **lists,
        **texts,
        **{name: f"'{value}'" for name, value in words.items()},
        "id": "lpad(n::text, 10, '0')",
        "place_id": "lpad(place::text, 10, '0')",
        "service_id": "lpad(n::text, 10, '0')",
        "organization_id": "lpad((mod(place, 1400))::text, 10, '0')",
        "organization_slug": "'organization-' || (mod(place, 1400))",
        "family": _one("family", "health", "law", "safety", "support", "life"),
        "types": _some("type", 3, *SERVICES),
        "tops": _some("top", 1, "health", "legal", "safety"),
        "group_codes": _some("group", 3, *GROUPS),
        "statuses": _some("status", 2, "undocumented", "refugee", "labour_migrant"),
        "languages": _some("language", 3, *LANGUAGES),
        "delivery": _some("delivery", 2, "on_site", "online", "phone", "outreach"),
        "intake": _some("intake", 2, "walk_in", "call", "online_form"),
        "documents": _some("document", 1, "none", "passport", "any_id"),
        "cost": _one("cost", "free", "paid", "partly"),
        "anonymous": f"({_drawn('n', 'anonymous')} < 0.6)",
        "insurance": _one("insurance", "not_needed", "insured"),
        "operation": _one("operation", "working", "limited", "paused"),
        "country": "country",
        "city_code": "code",
        "point": "ST_SetSRID(ST_MakePoint(lon + (dx - 0.5) * 0.3, lat + (dy - 0.5) * 0.2), 4326)",
        "timezone": "zone",
        "hours": f"{_one('hours', *HOURS)}::jsonb",
        "content": f"jsonb_build_object('ru', jsonb_build_object({names}))",
        "level": f"1 + floor({_drawn('n', 'level')} * 3)::int",
        "checked_on": checked,
        "notice_on": f"{checked} + 150",
        "due_on": f"{checked} + 180",
        "hides_on": f"{checked} + 210",
        "archives_on": f"{checked} + 270",
        "published_at": "now()",
    }
