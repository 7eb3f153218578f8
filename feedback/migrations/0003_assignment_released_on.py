from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_reports")]

    operations = [
        migrations.AddField(
            "assignment", "released_on", models.DateField(blank=True, null=True)
        ),
    ]
