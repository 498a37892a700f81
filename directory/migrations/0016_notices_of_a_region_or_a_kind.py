"""What readers get of a notice that is about a region or a kind of service."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0015_what_is_learnt'),
    ]

    operations = [
        migrations.AddField(
            model_name='membercountrynotice',
            name='region',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
        migrations.AddField(
            model_name='membercountrynotice',
            name='service_type',
            field=models.CharField(blank=True, db_default='', default='', max_length=48),
        ),
        migrations.AddField(
            model_name='membercountrynotice',
            name='types',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, db_default=[], default=list, size=None, verbose_name='kinds of services that are meant'),
        ),
        migrations.AddField(
            model_name='publiccountrynotice',
            name='region',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
        migrations.AddField(
            model_name='publiccountrynotice',
            name='service_type',
            field=models.CharField(blank=True, db_default='', default='', max_length=48),
        ),
        migrations.AddField(
            model_name='publiccountrynotice',
            name='types',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, db_default=[], default=list, size=None, verbose_name='kinds of services that are meant'),
        ),
    ]
