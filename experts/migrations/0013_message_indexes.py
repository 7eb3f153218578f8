"""The outbox keeps no index twice, and leaves room beside a row for its next states.

Every mail writes its row three times: planned, leased, sent. A `unique` field has two indexes, of
which the second is for words it begins with; where the first is in the order of bytes it serves
both. Rows that no digest carried need not stand in the index of digests. With room left on its
page a lease is written into no index at all (PostgreSQL's heap-only tuples).
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experts", "0012_fold_quicker")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE experts_message SET (fillfactor = 70)",
            "ALTER TABLE experts_message RESET (fillfactor)",
        ),
        migrations.AlterField(
            model_name="message",
            name="digest",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="gathered",
                to="experts.message",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="key",
            field=models.CharField(db_collation="C", max_length=200),
        ),
        migrations.AlterField(
            model_name="message",
            name="message_id",
            field=models.CharField(max_length=120),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("digest__isnull", False)),
                fields=["digest"],
                name="message_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("message_id",), name="message_id_once"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("key",), name="message_key_once"),
        ),
    ]
