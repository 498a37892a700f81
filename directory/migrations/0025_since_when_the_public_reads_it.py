"""Since when everybody can read a listing; of rows that are there nothing is known until they are published again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0024_words_about_free_places_in_other_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='publiclisting',
            name='first_published_at',
            field=models.DateTimeField(null=True),
        ),
    ]
