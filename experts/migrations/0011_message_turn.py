"""The outbox takes the first of thousands that are due in one minute without sorting them all."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Concurrently: messages are planned and sent while the index is built."""

    atomic = False

    dependencies = [("experts", "0010_search")]

    operations = [
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(state="planned"),
                fields=["due_at", "id"],
                name="message_turn",
            ),
        ),
        RemoveIndexConcurrently(model_name="message", name="message_due"),
    ]
