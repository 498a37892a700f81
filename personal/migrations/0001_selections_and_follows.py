"""Selections by their ids, and followed searches by their conditions; no column takes words."""

import core.clock
import core.ids
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('conditions', models.CharField(max_length=1000, validators=[django.core.validators.RegexValidator('^[a-z_]+=[\\w.,:%+-]+(&[a-z_]+=[\\w.,:%+-]+)*$')], verbose_name='conditions')),
                ('followed_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='followed since')),
                ('known', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, editable=False, size=None)),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, editable=False, size=None)),
                ('told_by', models.CharField(blank=True, editable=False, max_length=10)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'followed search',
                'verbose_name_plural': 'followed searches',
                'ordering': ['followed_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'conditions'), name='follow_once'), models.CheckConstraint(condition=models.Q(('conditions', ''), _negated=True), name='follow_has_conditions')],
            },
        ),
        migrations.CreateModel(
            name='Selection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('listings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None, verbose_name='services')),
                ('kept_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='kept')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='selections', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'selection',
                'verbose_name_plural': 'selections',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'number'), name='selection_has_its_own_number'), models.CheckConstraint(condition=models.Q(('listings__len__gte', 1), ('listings__len__lte', 30)), name='selection_holds_one_to_thirty'), models.CheckConstraint(condition=models.Q(('country', ''), ('country__regex', '^[A-Z]{2}$'), _connector='OR'), name='selection_country_is_code')],
            },
        ),
    ]
