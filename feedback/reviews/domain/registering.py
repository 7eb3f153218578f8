"""What the reviews bring to the rest of the platform: mails, comments, needs, work by the clock."""

from __future__ import annotations

from django.db.models.signals import post_save

from cop_platform.common import learned as all_learned
from cop_platform.common import needs as all_needs
from cop_platform.common import periodic
from feedback.changes import sources
from feedback.reviews.domain import (
    carrying,
    change_source,
    closing,
    counting,
    decided_mails,
    escalation,
    given,
    identity,
    learned,
    mails,
    mails_after,
    needs,
    reviewed,
    round_mails,
    session_work,
)
from feedback.reviews.domain.panel import mails as panel_mails
from feedback.reviews.domain.report import registering as sections
from materials import news, readers, verdicts
from sessions.domain import audiences


def register() -> None:
    """Called once, when the app is ready."""
    for mail in (mails, round_mails, decided_mails, panel_mails, mails_after):
        mail.register()
    for source in change_source.SOURCES:
        sources.register(source)
    closing.register(closing.critical_changes)
    closing.register(closing.response_of)
    audiences.register_reviewers(
        audiences.Reviewers(asked=session_work.asked, open_work=session_work.open_work)
    )
    all_needs.register(needs.of, needs.asks)
    all_learned.register(learned.of)
    readers.register(identity.versions_to_read)
    readers.register_people(identity.people_asked_about)
    verdicts.register(reviewed.SOURCE)
    sections.register()
    given.register()
    counting.register()
    news.on_drawn(carrying.watch_drawn)
    post_save.connect(
        carrying.watch_round, sender="feedback.ReviewRound", dispatch_uid="feedback.carrying"
    )
    periodic.register("annotations to carry", lambda _at: carrying.catch_up())
    periodic.register("late reviews", lambda at: escalation.tell_coordinators(at=at))
