"""Sessions are found by the words of their title, purpose and place."""

from django.db import migrations


class Migration(migrations.Migration):
    """Concurrently: sessions are planned while the index is built."""

    atomic = False

    dependencies = [("cop_sessions", "0007_goals"), ("experts", "0010_search")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS session_found ON cop_sessions_copsession"
            " USING gin (search_fold(title || ' ' || purpose || ' ' || place) gin_trgm_ops)",
            "DROP INDEX CONCURRENTLY IF EXISTS session_found",
        ),
    ]
