"""The remarks a reader takes along: those that the page lists, called as the page calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

from django.utils import translation
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cop_platform.common.times import say_day
from experts.models import User
from feedback.reviews.domain import page, places, remarks, threads, whereabouts
from feedback.reviews.domain.anchoring import Place
from feedback.reviews.domain.remark_export.shapes import Answer, Remark, Sheet, clean
from feedback.reviews.domain.threads import Said, Thread
from feedback.reviews.domain.visibility import View
from feedback.reviews.models import Annotation, Assignment, ReviewRound


def of_round(user: User, review_round: ReviewRound, view: View, language: str) -> Sheet:
    """What the discussion of a round shows to this person, answers and all.

    Whether a remark is one's own is not said: a file is passed on, and would tell whose it was.
    """
    with translation.override(language):
        found = threads.of(user, review_round, view)
        found = threads.with_changes(found, user, review_round, view)
        spots = _spots(found)
        rows = [_of_thread(n, one, spots) for n, one in enumerate(found, start=1)]
        return _sheet(review_round, language, rows)


def of_review(assignment: Assignment, language: str) -> Sheet:
    """One's own review: the remarks in the material and, once it is sent, the comments.

    Nothing in it says who wrote it, nor by which number others know the writer.
    """
    with translation.override(language):
        who = _("Reviewer")
        rows = [_own(n, row, who) for n, row in enumerate(remarks.rows(assignment), start=1)]
        for line in page.given(assignment):
            if said := line.comment or line.reason or line.suggestion:
                rows.append(_given(len(rows) + 1, line, said, who))
        return _sheet(assignment.round, language, rows)


def _spots(found: list[Thread]) -> Mapping[int, Place]:
    """Places by the key of their remark, of those that the page lists and no others."""
    keys = [one.key for one in found if one.kind == threads.ANNOTATION]
    return {row.pk: places.of(row) for row in Annotation.objects.filter(pk__in=keys).order_by()}


def _sheet(review_round: ReviewRound, language: str, rows: list[Remark]) -> Sheet:
    version = review_round.version
    said = {"code": version.material.code, "title": version.material.title, "n": version.number}
    number = {"n": version.number, "day": say_day(review_round.due_on)}
    return Sheet(
        code=version.material.code,
        title=clean(version.material.title),
        version=version.number,
        heading=clean(_("Remarks on %(code)s %(title)s, version %(n)d") % said),
        round=_("Version %(n)d, due %(day)s") % number,
        language=language,
        is_rtl=get_language_bidi(),
        # When somebody wrote would tell who it was: every remark bears the day its round opened.
        day=datetime.combine(review_round.opened_at.date(), time.min, tzinfo=UTC),
        remarks=tuple(rows),
    )


def _of_thread(number: int, one: Thread, spots: Mapping[int, Place]) -> Remark:
    return Remark(
        number=number,
        place=clean(one.place),
        quote=clean(one.quote),
        mark=one.mark,
        meant=one.mark_label or one.score,
        text=clean(one.text),
        suggestion=clean(one.suggestion),
        who=clean(one.who),
        state=one.change.state.label if one.change.state else "",
        answers=tuple(_answer(said) for said in one.said),
        spot=spots.get(one.key) if one.kind == threads.ANNOTATION else None,
    )


def _answer(said: Said) -> Answer:
    who = said.who if said.is_reviewer else f"{said.who} ({said.role})"
    return Answer(clean(who), clean(said.text))


def _own(number: int, row: Annotation, who: str) -> Remark:
    code = f"({row.criterion.code})" if row.criterion else ""
    return Remark(
        number=number,
        place=" ".join(part for part in (whereabouts.place(row), code) if part),
        quote=clean(row.quote),
        mark=row.mark,
        meant=row.get_mark_display(),
        text=clean(row.text),
        suggestion="",
        who=who,
        state="",
        answers=(),
        spot=places.of(row),
    )


def _given(number: int, line: page.Given, said: str, who: str) -> Remark:
    suggestion = line.suggestion if said != line.suggestion else ""
    return Remark(
        number=number,
        place=clean(f"{line.code} {line.text}"),
        quote="",
        mark="",
        meant=f"{line.number} ({line.word})" if line.number else line.word,
        text=clean(said),
        suggestion=clean(suggestion),
        who=who,
        state="",
        answers=(),
        spot=None,
    )
