"""Comments that do not belong here: reported by members, taken down and put back by moderators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import audit
from experts.enums import Role
from experts.models import User
from practices import permissions
from practices.domain.talk import discussed, telling
from practices.models import Comment, CommentReport
from practices.querysets import CommentQuerySet, keeps_name
from sessions.models import CopSession


@dataclass(frozen=True)
class Queue:
    """What waits for a moderator, the oldest first, and what was taken down, the newest first."""

    reported: list[Comment]
    taken_down: list[Comment]


@transaction.atomic
def report(*, comment_id: int, why: str, by: User, at: datetime) -> None:
    """Says that a comment does not belong here. Raises Refused, NotPossible the second time."""
    comment = Comment.objects.select_related("by").get(pk=comment_id)
    permissions.may_report(by, comment)
    if not discussed.comments(by).standing().filter(pk=comment_id).exists():
        raise Refused
    _row, is_new = CommentReport.objects.get_or_create(
        comment=comment, by=by.person, defaults={"why": why, "at": at}
    )
    if not is_new:
        raise NotPossible(_("You reported this comment already. A moderator looks at it."))


@transaction.atomic
def take_down(*, comment_id: int, why: str, by: User, at: datetime) -> Comment:
    """Hides a comment from everybody but its writer and moderators, and tells the writer why.

    Its open reports are settled. Twice changes nothing. Raises Refused.
    """
    comment = _locked(comment_id, by)
    if comment.hidden_at is None:
        comment.hidden_at, comment.hidden_by, comment.hidden_why = at, by.person, why
        _save(comment, "comment taken down", by, at)
    return comment


@transaction.atomic
def put_back(*, comment_id: int, by: User, at: datetime) -> Comment:
    """Shows a comment again that was taken down, and tells the writer. Raises Refused."""
    comment = _locked(comment_id, by)
    if comment.hidden_at is not None:
        comment.hidden_at, comment.hidden_by, comment.hidden_why = None, None, ""
        _save(comment, "comment put back", by, at)
    return comment


@transaction.atomic
def keep(*, comment_id: int, by: User, at: datetime) -> Comment:
    """Settles the reports of a comment that may stay. Raises Refused."""
    comment = _locked(comment_id, by)
    _settle(comment, by, at)
    return comment


def queue(user: User) -> Queue:
    """The comments this person moderates: reported ones, and those taken down."""
    own = _moderated_by(user)
    reports = CommentReport.objects.filter(settled_at__isnull=True).select_related("by")
    open_reports = reports.filter(comment=OuterRef("pk"))
    reported = own.filter(Exists(open_reports)).order_by("at", "pk").with_people()
    hidden = own.filter(hidden_at__isnull=False).order_by("-hidden_at", "pk").with_people()
    return Queue(
        list(reported.prefetch_related(Prefetch("reports", reports, to_attr="open_reports"))),
        list(hidden[:50]),
    )


def waiting(user: User) -> int:
    """How many reported comments wait for this person."""
    reports = CommentReport.objects.filter(settled_at__isnull=True, comment=OuterRef("pk"))
    return _moderated_by(user).filter(Exists(reports)).count()


def _moderated_by(user: User) -> CommentQuerySet:
    """Comments on what the person sees, by people they moderate: as `may_moderate` says it."""
    found = discussed.comments(user)
    if user.access.is_manager:
        return found
    own = Q(by__country_id__in=user.access.countries(Role.COORDINATOR)) & ~keeps_name()
    run = CopSession.objects.run_by(user).order_by().values("pk")
    return found.filter(own | Q(keeps_name(), kind="session", object_id__in=run))


def _locked(comment_id: int, by: User) -> Comment:
    rows = Comment.objects.with_rule().select_related("by").select_for_update(of=("self",))
    comment = rows.get(pk=comment_id)
    permissions.may_moderate(by, comment)
    return comment


def _save(comment: Comment, deed: str, by: User, at: datetime) -> None:
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
    _settle(comment, by, at)
    # The country of a writer whose name is kept would tell too much.
    country_id = None if comment.keeps_name else comment.by.country_id
    audit.record(deed=deed, about=comment, by=by, at=at, country_id=country_id)
    telling.tell_writer(comment, at=at)


def _settle(comment: Comment, by: User, at: datetime) -> None:
    waiting = CommentReport.objects.filter(comment=comment, settled_at__isnull=True)
    waiting.update(settled_at=at, settled_by=by.person)
