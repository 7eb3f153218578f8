"""The ledger as a document: long comments are read here, where a cell of a table cuts them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement

from experts.models import User
from feedback.changes.domain.page import country_of
from feedback.changes.domain.states import state_of
from feedback.changes.models import ChangeRequest

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The format has no way to say these.
_UNWRITABLE = re.compile("[\ufffe\uffff]")


def as_docx(changes: Iterable[ChangeRequest], user: User) -> HttpResponse:
    """Request by request, grouped by version; of rows of `with_facts`."""
    document = Document()
    # The builder's own name and day are nobody's business here.
    document.core_properties.author = ""
    document.core_properties.created = datetime(2000, 1, 1, tzinfo=UTC)
    document.add_heading(_("Changes asked for, and what became of them"), 0)
    about = None
    ordered = sorted(changes, key=lambda c: (c.material.code, c.version.number))
    for change in ordered:
        said = {"material": str(change.material), "number": change.version.number}
        heading = _("%(material)s, version %(number)d") % said
        if heading != about:
            document.add_heading(_clean(heading), 1)
            about = heading
        _write(document, change, user)
    target = io.BytesIO()
    document.save(target)
    response = HttpResponse(target.getvalue(), content_type=_TYPE)
    response["Content-Disposition"] = 'attachment; filename="changes.docx"'
    return response


def _write(document: Doc, change: ChangeRequest, user: User) -> None:
    state, country = state_of(change).label, country_of(change, user)
    parts = [change.get_severity_display(), state, country]
    said = {"number": change.pk, "state": " · ".join(part for part in parts if part)}
    document.add_heading(_("Change %(number)d: %(state)s") % said, 2)
    _paragraphs(document, change.asked, "Intense Quote")
    if change.reason:
        _paragraphs(document, change.reason, None)


def _paragraphs(document: Doc, text: str, style: str | None) -> None:
    for line in filter(None, map(str.strip, text.split("\n"))):
        paragraph = document.add_paragraph(_clean(line), style=style)
        if _is_right_to_left(line):
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("�", text)


def _is_right_to_left(line: str) -> bool:
    """By the first letter that has a direction."""
    kinds = (unicodedata.bidirectional(sign) for sign in line)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)
