import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from directory.access import may_read_members, public_read
from directory.tables.listings import MemberListing, PublicListing
from directory.tests.factories import publish

pytestmark = pytest.mark.django_db


def current_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('transaction_read_only')")
        return cursor.fetchone()


def test_the_public_reads_under_a_role_of_its_own(settings):
    before = current_role()
    with public_read():
        assert current_role() == (settings.PUBLIC_DATABASE_ROLE, "on")
    assert current_role() == before


def test_the_role_comes_back_after_a_failure():
    before = current_role()
    with pytest.raises(ZeroDivisionError), public_read():
        raise ZeroDivisionError
    assert current_role() == before


def test_nothing_private_can_be_read():
    publish()
    private = [*connection.introspection.table_names()]
    public = {model._meta.db_table for model in (PublicListing,)} | {
        *(
            "directory_publicorganization",
            "directory_publicmoved",
            "directory_publiccountryfact",
            "directory_publiccountrynotice",
            "directory_publicpaper",
            "directory_publicreviewed",
            "directory_publicgrantcall",
            "directory_publicgrantsum",
            "directory_publicmaterial",
            "directory_publictraining",
            "directory_publiccentre",
            "directory_publicwording",
            "directory_publicrefusedsite",
            "directory_publicdigest",
            "directory_publicdigestline",
            "directory_directoryterm",
            "directory_directoryrevision",
        ),
        *("spatial_ref_sys", "geography_columns", "geometry_columns"),
    }
    assert len(set(private) - public) > 20
    for table in sorted(set(private) - public):
        with pytest.raises(ProgrammingError, match="permission denied"), public_read(), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 1")


def test_public_tables_can_be_read_and_not_written():
    publish()
    with public_read():
        assert PublicListing.objects.count() == 1
    with pytest.raises((ProgrammingError, InternalError)), public_read():
        PublicListing.objects.all().delete()
    assert PublicListing.objects.count() == 1


def test_the_role_holds_inside_another_transaction():
    with transaction.atomic():
        with pytest.raises(ProgrammingError), public_read():
            MemberListing.objects.count()
        assert MemberListing.objects.count() == 0


def test_who_may_read_members_is_asked_by_name(settings):
    class Person:
        is_authenticated = True

    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    assert may_read_members(Person())
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.nobody"
    assert not may_read_members(Person())
    assert not may_read_members(None)


def everybody(user):
    return True


def nobody(user):
    return False
