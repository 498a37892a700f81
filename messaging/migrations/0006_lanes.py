"""What a letter is for; how many a person gets is counted for the person, not for the address."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0005_keepers'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='message',
            name='message_by_address',
        ),
        migrations.AddField(
            model_name='message',
            name='lane',
            field=models.CharField(choices=[('upkeep', 'Keeping the map right'), ('work', 'Somebody waits for an answer'), ('urgent', 'Somebody waits and cannot: leaves at any hour')], default='upkeep', max_length=8, verbose_name='what for'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['correspondent', 'claimed_at'], name='message_by_correspondent'),
        ),
    ]
