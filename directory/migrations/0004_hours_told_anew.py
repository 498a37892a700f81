"""Rows keep the OSM string of their hours; where it told nights or unknown weeks wrongly, it is told anew."""

from django.db import migrations

from directory.hours.osm import osm


def tell_anew(apps, schema_editor):
    for name in ("PublicListing", "MemberListing"):
        rows = apps.get_model("directory", name).objects
        told = rows.exclude(hours={}).order_by().values_list("hours", "hours_osm").distinct()
        for hours, old in list(told):
            if osm(hours) != old:
                rows.filter(hours=hours, hours_osm=old).update(hours_osm=osm(hours))


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_revision_of_the_public")]

    operations = [migrations.RunPython(tell_anew, migrations.RunPython.noop)]
