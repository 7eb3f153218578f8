"""A comment remembers that it was written under the Chatham House rule."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0004_stories")]

    operations = [
        migrations.AddField("comment", "unnamed", models.BooleanField(default=False)),
    ]
