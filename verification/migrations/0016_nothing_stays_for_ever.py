from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("verification", "0015_watches")]

    operations = [
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("archive_days__lte", 365), ("hide_days__lte", 180), ("recheck_months__lte", 24)),
                name="clock_cannot_be_switched_off",
                violation_error_message="At most 24 months until the next check, then 180 days until hiding and 365 "
                "until archiving: otherwise nothing would ever disappear.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listingstate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("publication", "published"), _negated=True),
                    models.Q(("archives_on__isnull", False), ("due_on__isnull", False), ("hides_on__isnull", False)),
                    _connector="OR",
                ),
                name="listingstate_published_has_an_end",
                violation_error_message="A listing on the map has a day on which it disappears.",
            ),
        ),
    ]
