import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experts", "0002_message_unsettled")]

    operations = [
        migrations.CreateModel(
            name="SendingPause",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("restore", "A backup was restored"),
                            ("person", "Somebody paused it"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="experts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="sending_pause_one_row"
                    )
                ],
            },
        ),
    ]
