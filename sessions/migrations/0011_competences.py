"""The competences a session trains."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cop_sessions", "0010_actions")]

    operations = [
        migrations.AddField(
            "copsession",
            "competences",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="competences",
            ),
        ),
        migrations.AddConstraint(
            "copsession",
            models.CheckConstraint(
                condition=models.Q(("competences__len__lte", 3)), name="session_few_competences"
            ),
        ),
    ]
