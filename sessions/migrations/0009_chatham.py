"""The Chatham House rule, for a session and for a kind of sessions."""

from django.db import migrations, models


def for_focus_groups(apps, _editor):
    """What new installations start with; sessions that are planned stay as they are."""
    kinds = apps.get_model("cop_sessions", "KindTemplate")._base_manager
    kinds.filter(kind="focus_group").update(chatham_house=True)


def rule():
    return models.BooleanField(default=False, verbose_name="Chatham House rule")


class Migration(migrations.Migration):
    dependencies = [("cop_sessions", "0008_search")]

    operations = [
        migrations.AddField("copsession", "chatham_house", rule()),
        migrations.AddField("kindtemplate", "chatham_house", rule()),
        migrations.RunPython(for_focus_groups, migrations.RunPython.noop),
    ]
