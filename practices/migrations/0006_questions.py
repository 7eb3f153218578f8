import cop_platform.common.text
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_practices")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="closed_why",
            field=cop_platform.common.text.LongTextField(
                blank=True, verbose_name="why it was closed"
            ),
        ),
    ]
