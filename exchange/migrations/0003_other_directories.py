"""Other directories that are read, their readings and pages, and what is gone there."""

import core.clock
import core.ids
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_lists_and_steps'),
        ('services', '0007_levels_of_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ForeignSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('title', models.CharField(max_length=60, verbose_name='name of the directory')),
                ('address', models.URLField(blank=True, max_length=500, verbose_name='address of its API')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('language', models.CharField(max_length=12, verbose_name='language of its texts')),
                ('every', models.PositiveSmallIntegerField(choices=[(0, 'only when somebody presses'), (1, 'every day'), (7, 'every week'), (30, 'every month')], default=0, verbose_name='read again')),
                ('choices', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('next_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, max_length=250)),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'other directory',
                'verbose_name_plural': 'other directories',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='GoneAtSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(default=core.clock.today)),
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='services.service')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gone', to='exchange.foreignsource')),
            ],
            options={
                'verbose_name': 'service gone at its source',
                'verbose_name_plural': 'services gone at their source',
                'ordering': ['since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SourceReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('state', models.CharField(choices=[('fetching', 'being read'), ('planning', 'being compared'), ('planned', 'not applied yet'), ('applying', 'being written'), ('applied', 'applied'), ('broken', 'broken off'), ('undoing', 'being undone'), ('undone', 'undone')], default='fetching', max_length=8)),
                ('is_by_clock', models.BooleanField(default=False)),
                ('also_alike', models.BooleanField(default=False)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('results', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('terms', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('made', models.JSONField(default=list)),
                ('gone', models.JSONField(default=list)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('fault', models.CharField(blank=True, max_length=250)),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='exchange.foreignsource')),
            ],
            options={
                'verbose_name': 'reading of another directory',
                'verbose_name_plural': 'readings of other directories',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SourcePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('rows', models.JSONField(default=list)),
                ('seen', models.JSONField(default=list)),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='exchange.sourcereading')),
            ],
            options={
                'verbose_name': 'page of another directory',
                'verbose_name_plural': 'pages of other directories',
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='foreignsource',
            constraint=models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='foreign_source_address_once', violation_error_message='This directory is in the list already.'),
        ),
        migrations.AddConstraint(
            model_name='sourcepage',
            constraint=models.UniqueConstraint(fields=('reading', 'number'), name='source_page_once'),
        ),
    ]
