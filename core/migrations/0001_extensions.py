"""The extensions of PostgreSQL that the house stands on. PostGIS is here too, for clusters that lack it."""

from django.contrib.postgres.operations import BtreeGinExtension, CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [CreateExtension("postgis"), TrigramExtension(), UnaccentExtension(), BtreeGinExtension()]
