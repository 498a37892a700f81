import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_organizations"),
        ("verification", "0014_profiles_begin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+",
                        serialize=False, to="organizations.organization",
                    ),
                ),
                ("website_asked_on", models.DateField(blank=True, null=True)),
                ("website_failed_on", models.DateField(blank=True, null=True)),
                ("website_told", models.BooleanField(default=False)),
                ("is_suspended", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("website_told", False), ("website_failed_on__isnull", False), _connector="OR"
                        ),
                        name="watch_tells_of_a_website_that_failed",
                        violation_error_message="Only a website that failed is told of.",
                    )
                ],
            },
        ),
    ]
