"""Rows of the outbox keep room beside them.

A lease touches no index, so with room on its page the row is written there and the indexes stay as
they are; without, each of 200 leases renews eight of them.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("experts", "0007_expert_load")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE experts_message SET (fillfactor = 70)",
            "ALTER TABLE experts_message RESET (fillfactor)",
        )
    ]
