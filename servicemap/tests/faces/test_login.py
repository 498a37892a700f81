"""What a login of the public may: its tables, and to be told nothing of the others."""

from __future__ import annotations

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.test import override_settings

from directory.access import public_read
from directory.rights import MIGRATIONS, PUBLIC_ROLE, READER_LOGIN, give_rights, rights_beyond
from directory.tables.listings import PUBLIC_MODELS, DirectoryRevision, ReadableListing
from servicemap import checks
from servicemap.processing.record import models

pytestmark = pytest.mark.django_db
POSTGIS = {"spatial_ref_sys", "geometry_columns", "geography_columns"}
DENIED = psycopg.errors.InsufficientPrivilege


def foreign_tables():
    """Of every model, and whatever else stands in the database (the queue of jobs): all but what the public reads."""
    there = set(connection.introspection.table_names(include_views=True))
    assert {one._meta.db_table for one in models()} <= there
    return sorted(there - {one._meta.db_table for one in PUBLIC_MODELS} - POSTGIS)


def test_the_login_reads_the_public_s_tables_and_no_other(reader):
    foreign = foreign_tables()
    assert len(foreign) > 60
    for table in foreign:
        if table == MIGRATIONS._meta.db_table:  # /readyz compares them
            continue
        for question in ("SELECT 1 FROM {} LIMIT 1", "SELECT count(*) FROM {}", "EXPLAIN SELECT * FROM {}", "TABLE {}"):
            with pytest.raises(DENIED):
                reader.execute(question.format(f'"{table}"'))
    for model in PUBLIC_MODELS:
        reader.execute(f"SELECT count(*) FROM {model._meta.db_table}")


@pytest.mark.parametrize("column", ["number", "changed_at", "*"])
def test_when_members_rows_change_is_not_told(reader, column):
    question = f"SELECT {column} FROM {DirectoryRevision._meta.db_table}"
    with pytest.raises(DENIED):
        reader.execute(question)
    with pytest.raises(ProgrammingError, match="permission denied"), public_read(), connection.cursor() as cursor:
        cursor.execute(question)


def test_the_login_cannot_become_anybody_else(reader):
    others = [name for (name,) in reader.execute("SELECT rolname FROM pg_roles WHERE rolname <> %s", [READER_LOGIN])]
    assert PUBLIC_ROLE in others and connection.settings_dict["USER"] in others
    for name in others:
        for way in ("SET ROLE", "SET SESSION AUTHORIZATION"):
            with pytest.raises(DENIED):
                reader.execute(f'{way} "{name}"')
    for way in ("RESET ROLE", "SET ROLE NONE", "RESET SESSION AUTHORIZATION", "DISCARD ALL"):
        reader.execute(way)
        assert reader.execute("SELECT current_user, session_user").fetchone() == (READER_LOGIN, READER_LOGIN)


def test_the_login_writes_nothing_also_when_it_leaves_read_only_off(reader):
    assert reader.execute("SHOW default_transaction_read_only").fetchone() == ("on",)
    assert reader.execute("SHOW statement_timeout").fetchone() == ("3s",)
    reader.execute("SET default_transaction_read_only = off")
    views = set(foreign_tables()) - set(connection.introspection.table_names())
    assert views == {ReadableListing._meta.db_table}  # a union of tables: nobody writes to it
    for table in [*sorted(set(foreign_tables()) - views), *(model._meta.db_table for model in PUBLIC_MODELS)]:
        for statement in ('DELETE FROM "{}"', 'INSERT INTO "{}" DEFAULT VALUES', 'TRUNCATE "{}"'):
            with pytest.raises(DENIED):
                reader.execute(statement.format(table))
    for statement in ("CREATE TABLE t (i int)", "CREATE SCHEMA s", "SELECT lo_create(0)", "CREATE ROLE r",
                      "ALTER ROLE servicemap_reader SUPERUSER", "SELECT pg_advisory_lock(1)"):  # fmt: skip
        with pytest.raises(DENIED):
            reader.execute(statement)


def test_nobody_tells_it_how_many_rows_there_are_or_where_points_lie(reader):
    """PostgreSQL counts for its planner, PostGIS draws where points lie: both would tell it to everybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'accounts_user'")  # the product's own may look
    for question in (
        "SELECT reltuples FROM pg_class WHERE relname = 'accounts_user'",
        "SELECT * FROM pg_class",
        "SELECT n_live_tup FROM pg_stat_user_tables",
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_locks",
        "SELECT pg_total_relation_size('accounts_user')",
        "SELECT ST_EstimatedExtent('organizations_location', 'point')",
        "SELECT _postgis_stats('organizations_location', 'point')",
        "SELECT _postgis_selectivity('organizations_location', 'point', 'POINT(0 0)'::geometry)",
    ):
        with pytest.raises(DENIED):
            reader.execute(question)
        with pytest.raises(ProgrammingError, match="permission denied"), public_read(), connection.cursor() as cursor:
            cursor.execute(question)
    known = {*POSTGIS, MIGRATIONS._meta.db_table, *(model._meta.db_table for model in PUBLIC_MODELS)}
    for view in ("pg_stats", "pg_stats_ext"):
        seen = reader.execute(f"SELECT tablename FROM {view} WHERE schemaname = 'public'").fetchall()
        assert {name for (name,) in seen} <= known
    assert {last for (last,) in reader.execute("SELECT last_value FROM pg_sequences").fetchall()} == {None}


def test_no_other_function_looks_into_tables(reader):
    """Of a new version of PostgreSQL or PostGIS too: a function that is given a table and may be called by anybody."""
    harmless = (
        "^(pg_get_|pg_.*_(is_visible|has_property|is_updatable|is_publishable)|has_|row_security_active|"
        "pg_partition_|pg_relation_file|pg_filenode|col_description|pg_index|brin_|gin_clean|pg_nextoid|"
        # These look with the rights of whoever asks, or need the owner's.
        "table_to_xml|nextval|setval|currval|pg_sequence_last_value|populate_geometry_columns|pg_extension_config_dump)"
    )
    found = reader.execute(
        "SELECT proname FROM pg_proc WHERE 'regclass'::regtype = ANY (proargtypes::oid[]) AND proname !~ %s"
        " AND prorettype <> 'internal'::regtype AND proname !~ '(sel|joinsel)$'"
        " AND proname NOT IN ('regclassout', 'regclasssend', 'text', 'oid', 'int8', 'int4')"
        " AND has_function_privilege(oid, 'EXECUTE')",
        [harmless],
    )
    assert found.fetchall() == []


def test_a_right_that_was_given_by_hand_is_noticed():
    assert list(rights_beyond(connection, is_reader=False)) == []
    assert checks.check_the_public_reads_its_tables_alone(None, databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT (email) ON accounts_user TO servicemap_reader")
        cursor.execute("GRANT DELETE ON directory_publiclisting TO servicemap_public")
    assert list(rights_beyond(connection, is_reader=False)) == [
        (PUBLIC_ROLE, "write directory_publiclisting"), (READER_LOGIN, "read accounts_user"),
    ]  # fmt: skip
    found = checks.check_the_public_reads_its_tables_alone(None, databases=["default"])
    assert [each.id for each in found] == ["servicemap.E005"] * 2
    with override_settings(FACE="public"):  # a process that logs in as the product itself, by mistake
        found = checks.check_the_public_reads_its_tables_alone(None, databases=["default"])
    assert any("may become servicemap_public" in each.msg for each in found) and len(found) > 60


def test_migrate_gives_what_is_missing_to_a_login_that_was_made_later(reader):
    with connection.cursor() as cursor:
        cursor.execute("REVOKE ALL ON directory_publiclisting FROM servicemap_reader")
        cursor.execute("SELECT has_any_column_privilege('servicemap_reader', 'directory_publiclisting', 'SELECT')")
        assert cursor.fetchone() == (False,)
        give_rights(connection)
        cursor.execute("SELECT has_column_privilege('servicemap_reader', 'directory_publiclisting', 'id', 'SELECT')")
        assert cursor.fetchone() == (True,)
