"""Rounds that were opened before policies were written down count by version 1."""

from django.db import migrations
from django.utils import timezone

MARKS = [[2, 80], [3, 100], [6, 83], [9, 78]]


def fill(apps, schema_editor):
    policies = apps.get_model("feedback", "ValidationPolicy")
    rounds = apps.get_model("feedback", "ReviewRound")
    without = rounds.objects.filter(policy__isnull=True)
    if without.exists():
        values = {
            "name": "Strict table of pass marks",
            "rules": {"marks": MARKS},
            "frozen_at": timezone.now(),
        }
        first, _new = policies.objects.get_or_create(number=1, defaults=values)
        without.update(policy=first)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0004_review_desk")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
