"""What makes the demo's quality board lively: needed editions, a waiver, a sign of each sensor.

Each thing is looked for before it is written, so that a second run changes nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from experts.models import Country, User
from feedback.reviews.demo import mark_told
from feedback.reviews.domain import identity, rounds, rubrics
from feedback.reviews.models import Assignment, Rating, ReviewRound
from feedback.validation.domain.ageing import dead_link, watch
from feedback.validation.domain.gate import waivers
from feedback.validation.domain.judging import proposing, verdicts
from feedback.validation.domain.judging.verdicts import Saying, Seen
from feedback.validation.domain.policy import rules
from feedback.validation.enums import Standing
from feedback.validation.models import AgeingSign, ReleaseWaiver, Verdict
from materials.domain import uploads
from materials.models import RequiredEdition, Version

# These are used in English until there is something better, in these countries.
IN_ENGLISH = {
    "M04": ("BG", "DE", "EL", "IT", "ES", "SE"),
    "M06": ("BG", "DE", "EL"),
    "M07": ("IT", "SE"),
    "M09": ("BG", "DE", "EL", "IT", "ES", "SE"),
    "M11": ("BG", "ES"),
    "M12": ("BG",),
}
# The panel of one country that looked at a translation: the edition, and when it was closed.
TRANSLATED, PANEL_OF, CLOSED = ("M02", "el"), "EL", timedelta(days=45)
# The edition that has to be looked at again soon, and in how many days it ends.
ENDS, IN_DAYS = ("M04", "en"), 45
JUDGED_IN = ("DE", "EL", "IT")
WAIVED = ("M12", "en")
WAIVER = (
    "Bulgarian offices need the annex for the new forms in this quarter. The panel disagrees about "
    "two paragraphs; mentors use it with the note on page 1 until they are rewritten."
)
DEAD = ("M04", "en")
DEAD_LINK = "Page 2, “more cards”: https://cards.example.org/all"
INSTRUCTION = "Please read the Greek words aloud: would a learner in Athens say it like this?"


def seed(anchor: date) -> None:
    """Adds what is missing, told from the day `anchor`."""
    at = datetime.combine(anchor, time(6), tzinfo=UTC) - timedelta(days=2)
    manager = User.objects.get(email="manager@demo.example")
    _need()
    _judge_translation(manager, at - CLOSED, anchor)
    _judge_cards(manager, at)
    _waive(manager, at)
    _grow_old(anchor, at)


def _newest(code: str, language: str) -> Version:
    versions = Version.objects.filter(material__code=code, language=language)
    return versions.select_related("material").latest("number")


def _need() -> None:
    countries = {country.code: country for country in Country.objects.all()}
    RequiredEdition.objects.bulk_create(
        [
            RequiredEdition(
                material=_newest(code, "en").material, country=countries[one], language="en"
            )
            for code, where in IN_ENGLISH.items()
            for one in where
        ],
        ignore_conflicts=True,
    )


def _judge_translation(manager: User, at: datetime, anchor: date) -> None:
    """A panel of three looked at the Greek workbook, and is content with it."""
    version = _newest(*TRANSLATED)
    if ReviewRound.objects.filter(version=version).exists():
        return
    country = Country.objects.get(code=PANEL_OF)
    opened_at = at - timedelta(days=20)
    review_round = rounds.open_round(
        version=version,
        country=country,
        due_on=(at - timedelta(days=2)).date(),
        instruction=INSTRUCTION,
        rubric=rubrics.current(),
        by=manager,
        at=opened_at,
    )
    people = list(rounds.candidates(review_round, manager)[: rounds.PANEL])
    rounds.assign(round_id=review_round.pk, people=people, by=manager, at=opened_at)
    found = [identity.assignment_of(round_id=review_round.pk, person=one) for one in people]
    for assignment in found:
        if assignment is not None:
            _content(assignment, opened_at.date() + timedelta(days=5))
    closed = rounds.close_round(round_id=review_round.pk, by=manager, at=at)
    mark_told(closed, anchor)
    _confirm(closed, country, manager, at + timedelta(days=1))


def _content(assignment: Assignment, day: date) -> None:
    """A review in which everything is mostly or fully so."""
    Rating.objects.bulk_create(
        Rating(
            assignment=assignment,
            criterion=criterion,
            wording=criterion.text,
            score=3 + criterion.position % 2,
        )
        for criterion in assignment.round.rubric.criteria.all()
    )
    Assignment.objects.filter(pk=assignment.pk).update(submitted_on=day)


def _judge_cards(manager: User, at: datetime) -> None:
    """What the panels of some countries said of the picture cards, where nobody signed it yet."""
    version = _newest(*ENDS)
    review_round = ReviewRound.objects.filter(version=version, closed_at__isnull=False).first()
    if review_round is None:
        return
    for country in Country.objects.filter(code__in=JUDGED_IN):
        if not Verdict.objects.filter(version=version, country=country).exists():
            _confirm(review_round, country, manager, at)


def _confirm(review_round: ReviewRound, country: Country, by: User, at: datetime) -> None:
    basis = verdicts.find_panel(review_round, country.pk)
    proposal = proposing.propose(basis.counts, rules.of_round(review_round))
    verdicts.confirm(
        round_id=review_round.pk,
        country_id=country.pk,
        saying=Saying(Standing(proposal.standing)),
        seen=Seen(basis.stored(), 0),
        by=by,
        at=at,
    )


def _waive(manager: User, at: datetime) -> None:
    """The annex goes out with a waiver."""
    version = _newest(*WAIVED)
    if ReleaseWaiver.objects.filter(version=version).exists() or version.released_at:
        return
    waivers.sign(version_id=version.pk, country=None, reason=WAIVER, by=manager, at=at)
    uploads.release(version_id=version.pk, by=manager, at=at + timedelta(hours=1))


def _grow_old(anchor: date, at: datetime) -> None:
    """The cards end soon, the source of the workbook has moved on, a link is dead."""
    Version.objects.filter(pk=_newest(*ENDS).pk, valid_until__isnull=True).update(
        valid_until=anchor + timedelta(days=IN_DAYS)
    )
    version = _newest(*DEAD)
    if not AgeingSign.objects.filter(version=version, detail__has_key="told").exists():
        reader = User.objects.get(email="expert.se-02@demo.example")
        dead_link.tell(version=version, address=DEAD_LINK, by=reader, at=at)
    watch.look(at=at)
    transaction.on_commit(watch.count_anew)
