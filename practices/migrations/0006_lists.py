"""The newest practices are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0005_chatham")]

    operations = [
        migrations.AddIndex(
            "practiceversion", models.Index(fields=["-published_on"], name="practice_newest")
        ),
    ]
