"""Changes are found by what was asked and why it was decided so."""

from django.db import migrations


class Migration(migrations.Migration):
    """Concurrently: changes are asked for while the index is built."""

    atomic = False

    dependencies = [("feedback", "0009_focus_groups"), ("experts", "0010_search")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS change_found ON feedback_changerequest"
            " USING gin (search_fold(asked || ' ' || reason) gin_trgm_ops)",
            "DROP INDEX CONCURRENTLY IF EXISTS change_found",
        ),
    ]
