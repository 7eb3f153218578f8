from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("cop_sessions", "0003_scheduling"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="copsession",
            index=models.Index(
                condition=models.Q(("last_day__isnull", False)),
                fields=["last_day"],
                name="session_workshop_end",
            ),
        ),
    ]
