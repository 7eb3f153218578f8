"""Draws every version that was never drawn, here and now, without a worker."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cop_platform.common.commands import FAILED, JsonCommand
from cop_platform.common.models import JobState
from materials.domain import renditions
from materials.models import Rendition


class Command(JsonCommand):
    help = "Draw every version that was not drawn yet; prints one JSON document."

    def handle(self, *args: Any, **options: Any) -> None:
        requested = 0
        while asked := renditions.catch_up(at=timezone.now()):
            requested += asked
        waiting = list(Rendition.objects.filter(state=JobState.QUEUED).values_list("pk", flat=True))
        worked = [pk for pk in waiting if renditions.work(run_id=pk, at=timezone.now())]
        failed = Rendition.objects.filter(pk__in=worked).exclude(state=JobState.READY).count()
        self.answer({"requested": requested, "drawn": len(worked) - failed, "failed": failed})
        if failed:
            raise SystemExit(FAILED)
