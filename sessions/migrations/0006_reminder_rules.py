"""Reminders become rules (how far away, whom, which mail, by which channel) in place of offsets."""

import django.contrib.postgres.fields
from django.db import migrations, models

import cop_platform.common.times
import sessions.models.sessions


def _rule(rung):
    """What an offset meant, as a rule; afterwards nothing was sent, and now thanks are."""
    if rung.startswith("+"):
        return {"offset": rung, "audience": "accepted", "mail": "after", "channel": "mail"}
    return {"offset": rung, "audience": "invited", "mail": "reminder", "channel": "mail"}


def _rungs(rules):
    """The offsets of reminders to the invited and of thanks: all that the old field could say."""
    kept = [rule["offset"] for rule in rules if rule["mail"] in {"reminder", "after"}]
    return list(dict.fromkeys(kept))


def _rows(apps, name):
    return apps.get_model("cop_sessions", name)._base_manager


def to_rules(apps, _editor):
    for name in ("KindTemplate", "CopSession"):
        # Few different ladders, many rows: one statement for each ladder.
        ladders = {tuple(found) for found in _rows(apps, name).values_list("ladder", flat=True)}
        for ladder in ladders:
            found = _rows(apps, name).filter(ladder=list(ladder))
            found.update(reminders=[_rule(rung) for rung in ladder])


def to_rungs(apps, _editor):
    for name in ("KindTemplate", "CopSession"):
        for pk, rules in _rows(apps, name).values_list("pk", "reminders"):
            _rows(apps, name).filter(pk=pk).update(ladder=_rungs(rules))


class Migration(migrations.Migration):
    dependencies = [("cop_sessions", "0005_undo_series")]

    operations = [
        migrations.AddField(
            "copsession",
            "reminders",
            models.JSONField(
                blank=True,
                default=sessions.models.sessions.usual_reminders,
                verbose_name="reminders",
            ),
        ),
        migrations.AddField(
            "copsession",
            "zone_rules",
            # Nobody knows by which rules the rows that are there were derived: they are looked at.
            models.CharField(default="", editable=False, max_length=20),
        ),
        migrations.AlterField(
            "copsession",
            "zone_rules",
            models.CharField(
                default=cop_platform.common.times.zone_data_version, editable=False, max_length=20
            ),
        ),
        migrations.AddField(
            "kindtemplate",
            "reminders",
            models.JSONField(blank=True, default=list, verbose_name="reminders"),
        ),
        migrations.RunPython(to_rules, to_rungs),
        # Going back, the old columns come first, with a value for the rows that are there.
        migrations.AlterField(
            "copsession",
            "ladder",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=5), default=list, size=None
            ),
        ),
        migrations.RemoveField("copsession", "ladder"),
        migrations.RemoveField("kindtemplate", "ladder"),
    ]
