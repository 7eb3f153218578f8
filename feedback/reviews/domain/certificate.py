"""A writer's own certificate of a sent review: the only paper that names a reviewer.

It is made for who asks for it and kept nowhere; the same review gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from cop_platform.common import typesetting
from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import say_day
from experts.domain import mail_words
from experts.enums import Scope
from experts.models import CommunityOfPractice, User
from feedback.reviews.domain import identity
from feedback.reviews.models import Assignment

_TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "certificate.typ"


class NotSent(NotPossible):
    """There is no certificate of a review that was not sent."""


def build(assignment: Assignment, *, by: User) -> bytes:
    """The PDF in the language the platform writes to its writer in; the assignment comes
    `with_version`.

    Raises Refused for everybody but the writer, NotSent, FontMissing, NotTypeset.
    """
    if not identity.is_mine(by, assignment.reviewer_code):
        raise Refused(_("A certificate is shown to nobody but the writer of the review."))
    if assignment.submitted_on is None:
        raise NotSent(_("Send your review first; then there is a certificate of it."))
    # The day is all that is known of when it was sent; the file has no other date.
    made_at = datetime.combine(assignment.submitted_on, time.min, tzinfo=UTC)
    with translation.override(mail_words.spoken(by.person.language)):
        said = _said(assignment, by)
    return typesetting.build(_TEMPLATE, said, made_at=made_at)


def _said(assignment: Assignment, by: User) -> dict[str, Any]:
    version = assignment.round.version
    assert assignment.submitted_on is not None
    title = f"{version.material.code} {version.material.title}"
    return {
        "lang": get_language() or "en",
        "rtl": get_language_bidi(),
        "project": _project(),
        "title": _("Certificate of review"),
        "name": by.person.name,
        "sentence": _("has reviewed a material of our communities of practice as an expert."),
        "facts": [
            [_("Material"), title],
            [_("Version"), str(version.number)],
            [_("Language"), version.get_language_display()],
            [_("Sent on"), say_day(assignment.submitted_on)],
        ],
        "fingerprint": _("Fingerprint (SHA-256) of the file that was reviewed"),
        "file_sha256": version.sha256,
    }


def _project() -> str:
    project = CommunityOfPractice.objects.filter(scope=Scope.PROJECT).first()
    return project.name if project else _("Communities of Practice")
