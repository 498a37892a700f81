from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("verification", "0010_capacity_clocks")]

    operations = [
        migrations.AddField(
            model_name="linkitem",
            name="confirms",
            field=models.BooleanField(default=True, verbose_name="asks whether it is right"),
        ),
        migrations.AddConstraint(
            model_name="linkitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirms", True), ("answer", ""), _connector="OR"),
                name="linkitem_answers_what_was_asked",
            ),
        ),
    ]
