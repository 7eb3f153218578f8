"""Speaking in the discussion of a round: who answers under a remark, and who hears of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import to_wall
from experts.models import Person, User
from feedback.reviews.domain import identity, notices, phases, threads, visibility
from feedback.reviews.domain.visibility import View
from feedback.reviews.enums import Voice
from feedback.reviews.models import Annotation, Assignment, Rating, Reply, ReviewRound
from materials.domain import name_scan

MAX_REPLY = 5_000

_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+")


class NamesFound(NotPossible):
    """The text names somebody; `names` are the words that were found."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("This holds a name or an address: %(names)s. Send it again if it may stand there.")
            % {"names": ", ".join(names)}
        )
        self.names = names


@transaction.atomic
def reply(
    *,
    round_id: int,
    kind: str,
    key: int,
    text: str,
    knows_names: bool = False,
    by: User,
    at: datetime,
) -> Reply:
    """Adds an answer under a remark; the day of the writer is kept, no hour.

    A text that names somebody is sent back once: `knows_names` says that it was meant.
    Raises Refused where the remark is not read or the phase does not talk, NamesFound.
    """
    review_round = (
        ReviewRound.objects.select_for_update(of=("self",)).with_version().get(pk=round_id)
    )
    view = visibility.of(by, review_round)
    about = _about(by, review_round, view, kind, key)
    if about is None:
        raise Refused(_("This remark is not open to you."))
    if not view.discusses:
        raise phases.RoundClosed(_("The discussion of this round is over."))
    if not knows_names and (names := names_in(text)):
        raise NamesFound(names)
    own = identity.own(by).filter(round=review_round).first()
    on = to_wall(at, by.person.zone).date()
    said = Reply.objects.create(
        **about,
        **_speaker(by, view, own),
        position=Reply.objects.filter(**about).count() + 1,
        text=text,
        on=on,
    )
    notices.tell_discussed(review_round, listeners(review_round), on=on, at=at)
    return said


def _about(
    by: User, review_round: ReviewRound, view: View, kind: str, key: int
) -> dict[str, Annotation | Rating] | None:
    """The remark by the field of a reply; None where this person does not read it."""
    if not view.reads:
        return None
    seen: QuerySet[Annotation] | QuerySet[Rating]
    if kind == threads.ANNOTATION:
        seen = visibility.annotations_for(by, review_round, view)
    else:
        seen = visibility.ratings_for(by, review_round, view)
    found = seen.filter(pk=key).first()
    return {kind: found} if found else None


def _speaker(by: User, view: View, own: Assignment | None) -> dict[str, object]:
    """A reviewer speaks by the code, also where the same person coordinates or is an author."""
    if own is not None and own.submitted_on:
        return {"voice": Voice.REVIEWER, "assignment": own}
    voice = Voice.AUTHOR if view.is_author else Voice.COORDINATOR
    return {"voice": voice, "person": by.person}


def names_in(text: str) -> list[str]:
    """Names of people of the project, and addresses, that stand in a text.

    Everybody's, not the panel's alone: else the warning would tell who is on the panel.
    """
    known = Person.objects.exclude(name="").values_list("name", flat=True)
    found = name_scan.find(names=set(known), pages=[(1, text)])
    return sorted(row["name"] for row in found) + sorted(set(_ADDRESS.findall(text)))


def listeners(review_round: ReviewRound) -> list[Person]:
    """Whom a new answer may concern: everybody asked, the authors, those who lead the round.

    Who of them may read it is asked when the notice goes out.
    """
    version = review_round.version
    keys = Q(pk__in=identity.people_in(review_round)) | Q(pk=review_round.opened_by_id)
    keys |= Q(pk=version.material.owner_id) | Q(pk=version.uploaded_by_id)
    return list(Person.objects.filter(keys, user__is_active=True).order_by("pk"))


def answers_of_others(user: User, review_round: ReviewRound, on: date) -> int:
    """How many answers of a day this person may read and did not write."""
    view = visibility.of(user, review_round)
    if not view.reads:
        return 0
    seen = visibility.assignments_for(user, review_round, view)
    own = identity.own(user).filter(round=review_round)
    under = Q(annotation__assignment__in=seen) | Q(rating__assignment__in=seen)
    rows = Reply.objects.filter(under, on=on).exclude(person=user.person)
    return rows.exclude(assignment__in=own).count()
