from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The table of messages only grows; building an index must not hold up the sender.
    atomic = False

    dependencies = [("experts", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ("planned", "failed", "parked"))),
                fields=["state"],
                name="message_unsettled",
            ),
        ),
    ]
