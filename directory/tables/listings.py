"""The tables of the read model: one per audience, of one shape.

A row is approved and redacted already and points at no private table; `rebuild_directory` makes all of them anew.
"""

# long: one shape and its tables for each audience stand together
from __future__ import annotations

from django.contrib.gis.db.models import MultiPolygonField, PointField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from core.constraints import codes_field
from core.ids import LENGTH
from directory.tables.lands import PublicCountryFact, PublicCountryNotice
from directory.tables.news import PublicDigest, PublicDigestLine, PublicPaper
from directory.tables.sites import PUBLIC_BESIDE
from directory.tables.spectrum import PublicReviewed


class AbstractListing(models.Model):
    """One service at one location, as one audience may see it.

    `content` is `{"ru": {field: text}, "en": {…}}` with only the languages that exist. `point` is the position
    that the audience may know (lon, lat; WGS 84), absent for `country` and `none`. Dates: `checked_on` belongs to
    `level` and `check_method`, `confirmed_on` is a later word of the organisation itself, `notice_on` first
    reminder, `due_on` grey from this day, `hides_on` gone for the public from this day, `archives_on` gone for
    members; all are dates at the place (`timezone`). `capacity_level` is the last word about places, "" for none; it
    counts until `capacity_expires_on`, and nobody clears it then. `areas` say where help comes: `area_codes` are the
    countries and regions of them, `area` the ground of the others. Of what has `stops`, `point` is the first one.
    """

    id = models.CharField(primary_key=True, max_length=LENGTH)
    place_id = models.CharField(max_length=LENGTH, db_index=True)
    service_id = models.CharField(max_length=LENGTH, db_index=True)
    organization_id = models.CharField(max_length=LENGTH, db_index=True)
    organization_slug = models.CharField(max_length=80, db_index=True)

    family = models.CharField(max_length=12)
    types = codes_field("types")
    tops = codes_field("top groups of the types")
    groups = models.JSONField(default=dict)
    group_codes = codes_field("target groups")
    statuses = codes_field("migration statuses")
    languages = codes_field("languages")
    interpreter_languages = codes_field("languages with an interpreter")
    delivery = codes_field("delivery")
    intake = codes_field("intake")
    documents = codes_field("documents")
    attributes = codes_field("answers of attributes")
    cost = models.CharField(max_length=16)
    anonymous = models.BooleanField(null=True)
    insurance = models.CharField(max_length=12)
    gender = models.CharField(max_length=8)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    waiting = models.CharField(max_length=12)
    operation = models.CharField(max_length=12)

    location_type = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True, db_index=True)
    city_code = models.CharField(max_length=80, blank=True, db_index=True)
    precision = models.CharField(max_length=12)
    point = PointField(srid=4326, null=True, spatial_index=True)
    timezone = models.CharField(max_length=64, default="UTC")
    hours = models.JSONField(default=dict)
    hours_osm = models.TextField(blank=True)
    areas = models.JSONField(default=list)
    area_codes = codes_field("countries and regions that are covered")
    area = MultiPolygonField(srid=4326, null=True, spatial_index=True)
    stops = models.JSONField(default=list)
    accessibility = models.JSONField(default=dict)

    content = models.JSONField(default=dict)
    contacts = models.JSONField(default=list)
    notices = models.JSONField(default=list)

    level = models.PositiveSmallIntegerField()
    check_method = models.CharField(max_length=24, blank=True)
    checked_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    notice_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    hides_on = models.DateField(null=True)
    archives_on = models.DateField(null=True)
    published_at = models.DateTimeField()

    capacity_level = models.CharField(max_length=12, blank=True, default="")
    capacity_note = models.JSONField(default=dict, blank=True)
    capacity_reported_on = models.DateField(null=True)
    capacity_expires_on = models.DateField(null=True)

    search_text = models.TextField(blank=True)
    search_vector = SearchVectorField(null=True)

    class Meta:
        abstract = True
        ordering = ["id"]


def _indexes(prefix: str) -> list[models.Index]:
    arrays = ("types", "tops", "group_codes", "statuses", "languages", "attributes")
    return [GinIndex(fields=[name], name=f"{prefix}_{name}") for name in arrays] + [
        GinIndex(fields=["search_vector"], name=f"{prefix}_vector"),
        models.Index(fields=["hides_on"], name=f"{prefix}_hides_on"),
        models.Index(fields=["id"], condition=~Q(stops=[]), name=f"{prefix}_moving"),
    ]


class KnowsZone(models.Func):
    """True for a time zone that the database knows; an unknown one is an error where it is written.

    Every question about the directory reckons with the zones of its rows: one bad row would silence the whole map.
    """

    template = "(timestamptz '2000-01-01 00:00Z' AT TIME ZONE %(expressions)s) IS NOT NULL"
    output_field = models.BooleanField()


def _constraints(prefix: str) -> list[models.CheckConstraint]:
    pinned = ["exact", "district", "settlement"]
    return [
        models.CheckConstraint(
            name=f"{prefix}_point_matches_precision",
            condition=Q(point__isnull=False, precision__in=pinned) | (Q(point__isnull=True) & ~Q(precision__in=pinned)),
        ),
        models.CheckConstraint(
            name=f"{prefix}_capacity_has_its_dates",
            condition=Q(capacity_level="", capacity_reported_on__isnull=True, capacity_expires_on__isnull=True)
            | (
                ~Q(capacity_level="")
                & Q(capacity_reported_on__isnull=False, capacity_expires_on__isnull=False)
                & Q(capacity_reported_on__lt=models.F("capacity_expires_on"))
            ),
        ),
        *_dated(prefix),
    ]


def _dated(prefix: str) -> list[models.CheckConstraint]:
    """What holds for every row that ages."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_zone_is_known",
            condition=KnowsZone(models.F("timezone")),
        ),
        models.CheckConstraint(
            name=f"{prefix}_dates_in_order",
            condition=(Q(due_on__isnull=True) | Q(checked_on__lte=models.F("due_on")))
            & (Q(hides_on__isnull=True) | Q(due_on__lte=models.F("hides_on")))
            & (Q(archives_on__isnull=True) | Q(hides_on__lte=models.F("archives_on"))),
        ),
    ]


class PublicListing(AbstractListing):
    """What everybody may see. Imported and unchecked listings cannot get in: the database refuses them."""

    class Meta(AbstractListing.Meta):
        indexes = _indexes("publiclisting")
        constraints = [
            *_constraints("publiclisting"),
            models.CheckConstraint(
                name="publiclisting_is_checked",
                condition=Q(level__gte=1, checked_on__isnull=False, due_on__isnull=False, hides_on__isnull=False),
            ),
        ]


class MemberListing(AbstractListing):
    """What members of the network may see."""

    class Meta(AbstractListing.Meta):
        indexes = _indexes("memberlisting")
        constraints = [*_constraints("memberlisting")]


class CountryListing(AbstractListing):
    """What members that work in `reader_country` may see beyond all members. The database gives it to nobody else."""

    reader_country = models.CharField(max_length=2, db_index=True)

    class Meta(AbstractListing.Meta):
        indexes = _indexes("countrylisting")
        constraints = [*_constraints("countrylisting")]


class CircleListing(AbstractListing):
    """What the organisation and those that it names may see beyond them. The database gives it to nobody else."""

    reader_organizations = codes_field("public ids of the organisations")

    class Meta(AbstractListing.Meta):
        indexes = [
            *_indexes("circlelisting"),
            GinIndex(fields=["reader_organizations"], name="circlelisting_readers"),
        ]
        constraints = [*_constraints("circlelisting")]


class ReadableListing(AbstractListing):
    """What whoever is answered may read: of each listing the row of the smallest circle that they belong to.

    A view over the three tables of members. Outside of `access.members_read` it holds what all members see.
    """

    class Meta(AbstractListing.Meta):
        managed = False
        db_table = "directory_readablelisting"


class AbstractMoved(models.Model):
    """A listing that is one with another one: its old address (`place_id`) leads to where that one is.

    `leads_to` is the end of the way, however often listings became one.
    """

    id = models.CharField(primary_key=True, max_length=LENGTH)
    place_id = models.CharField(max_length=LENGTH, db_index=True)
    leads_to = models.CharField(max_length=LENGTH, db_index=True)

    class Meta:
        abstract = True
        ordering = ["id"]


class Moved(AbstractMoved):
    """Every one, as it was merged (`kept_id`). Read together with what the reader may see of where it leads."""

    kept_id = models.CharField(max_length=LENGTH, db_index=True)
    was_public = models.BooleanField()

    class Meta(AbstractMoved.Meta):
        pass


class PublicMoved(AbstractMoved):
    """Those that everybody knew and that lead to what everybody may see; triggers keep it so (migration 0008)."""

    class Meta(AbstractMoved.Meta):
        pass


class AbstractOrganization(models.Model):
    """An organisation as its last approved listing showed it. `content` and dates as in AbstractListing.

    The dates are those of its profile. Who may still read it is decided in `directory.shown.profiles`, the only reader.
    """

    id = models.CharField(primary_key=True, max_length=LENGTH)
    slug = models.SlugField(max_length=80, unique=True)
    content = models.JSONField(default=dict)
    countries = codes_field("countries")
    working_languages = codes_field("languages")
    community_led = codes_field("led by a community")
    website = models.URLField(blank=True)
    links = models.JSONField(default=list)
    is_member = models.BooleanField(default=False)
    contacts = models.JSONField(default=list)

    level = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True)
    notice_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    hides_on = models.DateField(null=True)
    archives_on = models.DateField(null=True)
    timezone = models.CharField(max_length=64, default="UTC")

    class Meta:
        abstract = True
        ordering = ["slug"]


class PublicOrganization(AbstractOrganization):
    """What everybody may see of an organisation."""

    class Meta(AbstractOrganization.Meta):
        constraints = [*_dated("publicorganization")]


class MemberOrganization(AbstractOrganization):
    """What members may see of an organisation."""

    class Meta(AbstractOrganization.Meta):
        constraints = [*_dated("memberorganization")]


class AbstractTerm(models.Model):
    """The vocabulary as screens show it: names in every language and the synonyms that search understands.

    `scheme` is one of family, service, group, status, language, document, map, attribute. `family` is set for services
    only, `parent` for services and for answers of attributes; `data` holds extras (hint, short, autonym).
    """

    scheme = models.CharField(max_length=12)
    code = models.CharField(max_length=48)
    parent = models.CharField(max_length=48, blank=True)
    family = models.CharField(max_length=12, blank=True)
    name = models.JSONField(default=dict)
    synonyms = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["scheme", "position", "code"]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class DirectoryTerm(AbstractTerm):
    """The words that everybody may read."""

    class Meta(AbstractTerm.Meta):
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="directoryterm_code_once")]


class MemberTerm(AbstractTerm):
    """The words that members read beside them: attributes that the public does not know of."""

    class Meta(AbstractTerm.Meta):
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="memberterm_code_once")]


class DirectoryRevision(models.Model):
    """One row. `number` grows with every change of the directory, in the transaction of the change.

    `public_number` grows with the changes that the public can see, and with no others (database triggers), and
    `public_changed_at` moves with it. The public reads these two alone: when members' rows change is theirs.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    public_number = models.BigIntegerField(default=0, db_default=0)
    changed_at = models.DateTimeField(null=True)
    public_changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="directoryrevision_is_one_row", condition=Q(id=1))]


#: Tables that the public may read (directory/rights.py says to which column).
PUBLIC_MODELS: tuple[type[models.Model], ...] = (
    *(PublicListing, PublicOrganization, DirectoryTerm, DirectoryRevision, PublicMoved, PublicReviewed, PublicPaper),
    *(PublicCountryFact, PublicCountryNotice, PublicDigest, PublicDigestLine), *PUBLIC_BESIDE,
)  # fmt: skip
