"""A database of its own for servers: they read what is committed, and the rows of the bench never are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection, transaction

from bench.generated import fill
from bench.peers.installing import Missing
from directory.index.making.copying import TABLES
from directory.stores.store import bump_revision
from directory.tables.listings import PublicListing
from tools.local import prepare
from tools.local.suite import manage_now

NAME = "bench_peers"
#: Where peers look: a table for each thing, and none of ours beside it.
SCHEMA, TABLE = "peers", "listing"
#: The rows of the bench as somebody has them who keeps them in one flat table.
_FLAT = f"""
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.{TABLE} AS
    SELECT id, content #>> '{{ru,title}}' AS name, content #>> '{{ru,place}}' AS place, family, types, group_codes,
           languages, country, city_code, level, checked_on, point
    FROM {TABLES["public"]};
ALTER TABLE {SCHEMA}.{TABLE} ADD PRIMARY KEY (id);
ALTER TABLE {SCHEMA}.{TABLE} ALTER COLUMN point TYPE geometry(Point, 4326);
CREATE INDEX ON {SCHEMA}.{TABLE} USING gist (point);
CREATE INDEX ON {SCHEMA}.{TABLE} USING gin (types);
CREATE INDEX ON {SCHEMA}.{TABLE} USING gin (languages);
ANALYZE {SCHEMA}.{TABLE};
"""  # noqa: S608
#: West, south, east and north of a network as ours is. Of what is spread over the world the page holds no first
#: view, and nobody's network is.
_REGION = (10, 35, 90, 65)
#: So many rows of the world hold one row of the region, and some more.
_WORLD_FOR_REGION = 8
_LEAVE = f"""
DELETE FROM {TABLES["public"]} WHERE id NOT IN (
    SELECT id FROM {TABLES["public"]} WHERE point && ST_MakeEnvelope(%s, %s, %s, %s, 4326) ORDER BY id LIMIT %s)
"""  # noqa: S608


@contextmanager
def scratch() -> Iterator[dict[str, str]]:
    """A migrated database with the vocabulary, gone at the end whatever happens. How a driver gets there."""
    found = prepare.start_database()
    if found is None:
        raise Missing("Servers need a database of their own in the private cluster; DATABASE_URL names another.")
    cluster, _is_new = found
    cluster.drop_database(NAME)
    try:
        cluster.create_database(NAME)
        manage_now("migrate", "--no-input", "--verbosity=0", SERVICEMAP_DB=NAME)
        manage_now("load_vocabulary", SERVICEMAP_DB=NAME)
        given = settings.DATABASES["default"]
        yield {"host": str(given["HOST"]), "port": str(given["PORT"]), "user": str(given["USER"]), "dbname": NAME}
    finally:
        cluster.drop_database(NAME)


def refill(size: int, *, in_region: bool = False) -> None:
    """By a process that speaks with that database; it commits."""
    words = f"from bench.peers import scratch; scratch.write({size}, in_region={in_region})"
    manage_now("shell", "-c", words, SERVICEMAP_DB=NAME)


def write(size: int, *, in_region: bool) -> None:
    if connection.settings_dict["NAME"] != NAME:
        raise RuntimeError(f"Rows are written for good into {NAME} alone.")
    with transaction.atomic(), connection.cursor() as cursor:
        fill(TABLES["public"], size * _WORLD_FOR_REGION if in_region else size)
        if in_region:
            cursor.execute(_LEAVE, [*_REGION, size])
        bump_revision()
        cursor.execute(_FLAT)
    if PublicListing.objects.count() != size:
        raise RuntimeError(f"{PublicListing.objects.count()} rows instead of {size}.")


def geojson(where: Mapping[str, str], size: int) -> str:
    """So many rows of the flat table, with what a pin and its bubble say; coordinates to a metre."""
    sql = f"""
    SELECT jsonb_build_object('type', 'FeatureCollection', 'features', jsonb_agg(jsonb_build_object(
        'type', 'Feature', 'geometry', ST_AsGeoJSON(point, 5)::jsonb,
        'properties', jsonb_build_object('id', id, 'name', name, 'family', family, 'types', types)) ORDER BY id))::text
    FROM (SELECT * FROM {SCHEMA}.{TABLE} ORDER BY id LIMIT {size}) AS few"""  # noqa: S608
    with psycopg.connect(**where) as there:  # type: ignore[arg-type]
        found = there.execute(sql).fetchone()
    return str(found[0]) if found else ""
