"""The planner guesses without reading a hundred long texts, see practices 0003."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("feedback", "0010_search")]

    operations = [
        migrations.RunSQL(
            "ALTER INDEX change_found ALTER COLUMN 1 SET STATISTICS 0",
            "ALTER INDEX change_found ALTER COLUMN 1 SET STATISTICS -1",
        ),
    ]
