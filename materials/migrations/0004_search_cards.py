"""Materials are found by code and title, also by what hangs on them: verdicts, changes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Concurrently: materials are uploaded while the index is built."""

    atomic = False

    dependencies = [("materials", "0003_search_indexes"), ("experts", "0010_search")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS material_found ON materials_material"
            " USING gin (search_fold(code || ' ' || title) gin_trgm_ops)",
            "DROP INDEX CONCURRENTLY IF EXISTS material_found",
        ),
    ]
