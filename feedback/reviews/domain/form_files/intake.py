"""A filled-in form comes back: looked into by the process for strangers' files, then read.

Nothing here writes: what was read goes through the desk's own form and is shown first.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.reviews.domain import identity
from feedback.reviews.domain.form_files import document, shapes, workbook
from feedback.reviews.models import Assignment
from materials.domain import inspecting
from materials.enums import DOCX, MEGABYTE, XLSX

MAX_BYTES = 5 * MEGABYTE
# A form has no pictures: what unpacks to more is none.
MAX_UNPACKED = 30 * MEGABYTE
_KINDS = {"xlsx": (XLSX, workbook.read), "docx": (DOCX, document.read)}
_NOT_APPLICABLE = {"na", "n/a", "n.a.", "n.a"}
_SCORE_FIELDS = ("score", "confidence")

Typed = dict[str, dict[str, str]]


class NotAForm(NotPossible):
    """The file cannot be taken; the message says why and what would do."""


def read(*, name: str, data: bytes, assignment: Assignment, by: User) -> Typed:
    """What is typed in a form of this review, by the criterion's key: only fields that hold
    something, so that an empty cell takes nothing away.

    Raises NotAForm for a file that is broken, foreign, or of another round or rubric.
    """
    kind = Path(name).suffix.lower().removeprefix(".")
    if kind not in _KINDS:
        raise NotAForm(_("Upload the form as .docx or .xlsx, as you downloaded it."))
    if len(data) > MAX_BYTES:
        said = {"n": MAX_BYTES // MEGABYTE}
        raise NotAForm(_("This file is larger than %(n)d MB; a form never is.") % said)
    stamp, found = _opened(kind, data)
    _check_stamp(stamp, assignment, by)
    asked = {str(criterion.pk) for criterion in assignment.round.rubric.criteria.all()}
    return _typed(found, asked)


def _opened(kind: str, data: bytes) -> tuple[str, Typed]:
    expected, reader = _KINDS[kind]
    with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
        file.write(data)
        file.flush()
        try:
            inspecting.look_inside(Path(file.name), expected)
        except inspecting.NotAccepted as error:
            raise NotAForm(str(error)) from error
        except inspecting.OtherKind as error:
            said = _("Inside, this file is a .%(kind)s. Upload the form itself.")
            raise NotAForm(said % {"kind": error.ending}) from error
        _check_size(Path(file.name))
    try:
        return reader(data)
    except Exception as error:  # a broken document fails in ways its library does not name
        raise NotAForm(_("This file cannot be read. Download the form anew.")) from error


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED:
        raise NotAForm(_("This file unpacks to far more than a form; download the form anew."))


def _check_stamp(stamp: str, assignment: Assignment, by: User) -> None:
    if not stamp:
        raise NotAForm(
            _("This is not a form of the platform, or its hidden keys were deleted: download anew.")
        )
    if stamp == shapes.stamp(assignment):
        return
    others = identity.own(by).select_related("round__version__material")
    for other in others:
        if stamp == shapes.stamp(other):
            said = {"title": other.round.version.material.title, "n": other.round.version.number}
            text = _("This form is of another review: “%(title)s”, version %(n)d. Upload it there.")
            raise NotAForm(text % said)
    raise NotAForm(
        _("This form is of another review or of an older rubric: download the one of this review.")
    )


def _typed(found: Typed, asked: Iterable[str]) -> Typed:
    typed: Typed = {}
    for key in asked:
        fields = {name: _said(name, text) for name, text in found.get(f"c{key}", {}).items()}
        fields = {name: text for name, text in fields.items() if text}
        if fields:
            typed[key] = fields
    return typed


def _said(field: str, text: str) -> str:
    return _score(text) if field in _SCORE_FIELDS else text.strip()


def _score(text: str) -> str:
    """An answer as the desk stores it, whatever digits it was typed with."""
    said = " ".join(text.split()).lower()
    if said in _NOT_APPLICABLE:
        return "na"
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in said)
    # "3", "3.0", "3 = mostly": the number in front is the answer.
    number = re.fullmatch(r"([0-9]+)(?:[.,]0+)?(?:\s*[=:-].*)?", digits)
    return number[1] if number else said[:20]
