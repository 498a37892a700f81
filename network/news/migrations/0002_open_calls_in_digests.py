"""A digest has a section of open calls."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0001_digests_and_subscribers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='digestline',
            name='about',
            field=models.CharField(choices=[('listing', 'Listing'), ('fact', 'Fact'), ('notice', 'Notice'), ('paper', 'Paper'), ('decision', 'Decision'), ('call', 'Call'), ('grant', 'Grant'), ('figure', 'Figure')], max_length=12),
        ),
        migrations.AlterField(
            model_name='digestline',
            name='section',
            field=models.CharField(choices=[('new', 'New on the map'), ('closed', 'Closed'), ('notices', 'Warnings and notices of countries'), ('facts', 'What the law allows: new and confirmed'), ('papers', 'Documents that came into force'), ('decisions', 'What the network decided'), ('calls', 'Open calls'), ('figures', 'The map in figures')], max_length=12),
        ),
    ]
