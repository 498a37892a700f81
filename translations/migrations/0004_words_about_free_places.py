from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('translations', '0003_notices_contacts_and_papers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='translation',
            name='kind',
            field=models.CharField(choices=[('message', 'Words of pages'), ('term', 'Vocabulary'), ('service', 'Services'), ('place', 'Places'), ('listing', 'Services at their places'), ('organization', 'Organisations'), ('fact', 'Facts of countries'), ('notice', 'Warnings and notices'), ('contact', 'Contacts'), ('capacity', 'Words about free places'), ('digest', 'Digests'), ('digestline', 'Lines of digests'), ('material', 'Materials for learning'), ('training', 'Trainings'), ('centre', 'Resource centres'), ('paper', 'Documents of the network')], max_length=12),
        ),
        migrations.AlterField(
            model_name='translationevent',
            name='kind',
            field=models.CharField(choices=[('message', 'Words of pages'), ('term', 'Vocabulary'), ('service', 'Services'), ('place', 'Places'), ('listing', 'Services at their places'), ('organization', 'Organisations'), ('fact', 'Facts of countries'), ('notice', 'Warnings and notices'), ('contact', 'Contacts'), ('capacity', 'Words about free places'), ('digest', 'Digests'), ('digestline', 'Lines of digests'), ('material', 'Materials for learning'), ('training', 'Trainings'), ('centre', 'Resource centres'), ('paper', 'Documents of the network')], max_length=12),
        ),
    ]
