"""Drafts of charters: begun from the one in force, written, thrown away; never in force by that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit
from experts.enums import CharterState, TopicState
from experts.models import Charter, CommunityOfPractice, Topic, TopicProposal, User

MOST_TOPICS = 12
# What a version says in its own words, in the order in which it is read.
TEXTS = ("domain", "vision", "purpose", "scope_in", "scope_out", "roles", "rules", "sponsor")


@dataclass(frozen=True)
class CharterWords:
    """What a draft says; `topics` are names, each once."""

    domain: str
    purpose: str
    vision: str = ""
    scope_in: str = ""
    scope_out: str = ""
    roles: str = ""
    rules: str = ""
    sponsor: str = ""
    review_on: date | None = None
    what_changed: str = ""
    topics: tuple[str, ...] = field(default=())


def words_of(charter: Charter) -> CharterWords:
    """What a version says, to begin the next one with."""
    kept = {name: getattr(charter, name) for name in TEXTS}
    topics = tuple(charter.topics.values_list("name", flat=True))
    return CharterWords(**kept, review_on=charter.review_on, topics=topics)


@transaction.atomic
def start_draft(*, cop_id: int, by: User, at: datetime) -> Charter:
    """The draft of a community, begun from what is in force; the one there is, if there is one.

    Raises Refused.
    """
    cop = CommunityOfPractice.objects.select_for_update(of=("self",)).get(pk=cop_id)
    permissions.may_write_charter(by, cop)
    at_work = cop.charters.at_work().first()
    if at_work:
        return at_work
    newest, current = cop.charters.first(), cop.charters.current().first()
    words = words_of(current) if current else CharterWords(domain=cop.name, purpose="")
    draft = Charter.objects.create(
        cop=cop,
        version=newest.version + 1 if newest else 1,
        state=CharterState.DRAFT,
        proposed_by=by.person,
        **{name: getattr(words, name) for name in TEXTS},
    )
    _write_topics(draft, words.topics)
    audit.record(deed="charter drafted", about=draft, by=by, at=at, country_id=cop.country_id)
    return draft


@transaction.atomic
def save_draft(
    *, charter_id: int, revision: int, words: CharterWords, by: User, at: datetime
) -> Charter:
    """Writes a draft. Raises Refused, NotPossible once the vote is open, ChangedMeanwhile."""
    draft = _locked_draft(charter_id, by)
    said = _("Somebody else saved this draft while you were writing.")
    revisions.check(draft, revision, said)
    for name in (*TEXTS, "review_on", "what_changed"):
        setattr(draft, name, getattr(words, name))
    draft.revision += 1
    draft.save()
    draft.topics.exclude(name__in=words.topics).delete()
    _write_topics(draft, words.topics)
    audit.record(deed="charter edited", about=draft, by=by, at=at, country_id=draft.cop.country_id)
    return draft


@transaction.atomic
def drop_draft(*, charter_id: int, by: User, at: datetime) -> None:
    """Throws a draft away; topics it had taken in wait again. Raises Refused, NotPossible."""
    draft = _locked_draft(charter_id, by)
    TopicProposal.objects.filter(charter=draft).update(
        state=TopicState.OPEN, charter=None, answered_by=None, answered_at=None
    )
    audit.record(deed="charter dropped", about=draft, by=by, at=at, country_id=draft.cop.country_id)
    draft.delete()


def _locked_draft(charter_id: int, by: User) -> Charter:
    rows = Charter.objects.select_for_update(of=("self",)).select_related("cop__country")
    draft = rows.get(pk=charter_id)
    permissions.may_write_charter(by, draft.cop)
    if draft.state != CharterState.DRAFT:
        raise NotPossible(_("Only a draft is changed; begin a new version for that."))
    return draft


def _write_topics(draft: Charter, names: tuple[str, ...]) -> None:
    Topic.objects.bulk_create(
        [Topic(charter=draft, name=name) for name in names], ignore_conflicts=True
    )
