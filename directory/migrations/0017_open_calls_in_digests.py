"""A digest for everybody may name an open call."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0016_notices_of_a_region_or_a_kind'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='publicdigestline',
            name='publicdigestline_nothing_for_members',
        ),
        migrations.AddConstraint(
            model_name='publicdigestline',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['listing', 'fact', 'notice', 'paper', 'call', 'grant', 'figure'])), name='publicdigestline_nothing_for_members'),
        ),
    ]
