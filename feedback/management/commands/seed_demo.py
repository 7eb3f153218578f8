"""Loads the demo project; a second run finds everything there and changes nothing."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

import experts.demo
import feedback.focus_groups.demo
import feedback.focus_groups.demo_capture
import feedback.focus_groups.demo_coding
import feedback.focus_groups.demo_consents
import feedback.focus_groups.demo_forms
import feedback.reports.demo
import feedback.reports.demo_releases
import feedback.reviews.demo
import feedback.reviews.demo_annotations
import feedback.reviews.demo_changes
import feedback.reviews.demo_next_round
import feedback.validation.demo
import feedback.validation.demo_board
import feedback.validation.demo_certificates
import feedback.validation.demo_endorsements
import feedback.validation.demo_policy
import feedback.validation.demo_waves
import materials.demo
import practices.demo
import sessions.demo
from experts.models import AuditEvent, CommunityOfPractice

DEED = "demo project loaded"
# Raised when the demo data grow; an older demo then gets what is new.
EDITION = 10


class Command(BaseCommand):
    help = "Load the invented demo project: six countries, their people and their sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", help="The day the demo is told from, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_COMMANDS:
            self._refuse("Invented people are not loaded into a real project.")
        anchor, edition = self._stored() or (self._asked(options["today"]), 0)
        if edition < EDITION:
            with transaction.atomic():
                experts.demo.seed(anchor)
                materials.demo.seed(anchor)
                sessions.demo.seed(anchor)
                feedback.validation.demo_policy.seed(anchor)
                feedback.reviews.demo.seed(anchor)
                feedback.reviews.demo_annotations.seed()
                # Asks whether there is a ledger, so it comes before what adds to it.
                feedback.reviews.demo_changes.seed(anchor)
                feedback.reviews.demo_next_round.seed(anchor)
                feedback.validation.demo_waves.seed(anchor)
                feedback.validation.demo.seed(anchor)
                feedback.validation.demo_board.seed(anchor)
                feedback.validation.demo_endorsements.seed(anchor)
                feedback.reports.demo.seed(anchor)
                # Talks first, then who sat in them, then what was said, and what it came to.
                feedback.focus_groups.demo.seed(anchor)
                feedback.focus_groups.demo_consents.seed(anchor)
                feedback.focus_groups.demo_capture.seed(anchor)
                feedback.focus_groups.demo_coding.seed(anchor)
                feedback.focus_groups.demo_forms.seed(anchor)
                practices.demo.seed(anchor)
                # Every room has planned its sessions by now, and it counts all of them.
                feedback.validation.demo_certificates.seed(anchor)
                self._remember(anchor)
        # The pages of a demo are drawn while it runs, so some words are found at its next start.
        feedback.reviews.demo_annotations.place()
        # A report reads its rows in a transaction of its own, so it comes after the others.
        feedback.reports.demo_releases.seed(anchor)
        experts.demo.write_logins(settings.STATE_DIR / "demo_logins.json")
        self.stdout.write(json.dumps({"anchor": anchor.isoformat(), "edition": EDITION}))

    def _asked(self, text: str | None) -> date:
        if text is None:
            return timezone.now().date()
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._refuse("Write the day like 2026-12-01.")

    def _stored(self) -> tuple[date, int] | None:
        event = AuditEvent.objects.filter(deed=DEED).order_by("-pk").first()
        if event is None:
            return None
        return date.fromisoformat(event.detail["anchor"]), event.detail["edition"]

    def _remember(self, anchor: date) -> None:
        project = CommunityOfPractice.objects.get(country__isnull=True)
        AuditEvent.objects.create(
            at=timezone.make_aware(datetime.combine(anchor, time.min)),
            deed=DEED,
            object_kind=project._meta.label_lower,
            object_id=project.pk,
            detail={"anchor": anchor.isoformat(), "edition": EDITION},
        )

    def _refuse(self, sentence: str) -> NoReturn:
        self.stdout.write(json.dumps({"error": sentence}))
        raise SystemExit(2)
