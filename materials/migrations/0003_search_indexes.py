from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Func, Q, Value


class Migration(migrations.Migration):
    """Concurrently: texts and versions are written while the indexes are built."""

    atomic = False

    dependencies = [("materials", "0002_editions_and_renditions")]

    operations = [
        AddIndexConcurrently(
            model_name="searchtext",
            index=GinIndex(
                Func(F("vector"), Value("{a,b}"), function="ts_filter"), name="search_text_card"
            ),
        ),
        AddIndexConcurrently(
            model_name="version",
            index=models.Index(
                fields=["released_at"],
                name="version_released",
                condition=Q(released_at__isnull=False),
            ),
        ),
        AddIndexConcurrently(
            model_name="version",
            index=models.Index(
                fields=["id"], name="version_unreleased", condition=Q(released_at__isnull=True)
            ),
        ),
    ]
