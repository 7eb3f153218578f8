"""The project's words as a table for other programs: one row a term, one column a language."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.utils.translation import gettext as _

from cop_platform.common.office_files import MARK, Echo, harmless
from materials.models import GlossaryWord
from materials.querysets import GlossaryQuerySet

# Rows fetched at once; a glossary of any length takes as little memory.
AT_ONCE = 500
_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


def lines(terms: GlossaryQuerySet) -> Iterator[str]:
    """The file in pieces, the heading first; one statement, asked when the first row is wanted."""
    writer = csv.writer(Echo())
    yield MARK + writer.writerow(_heading())
    words = GlossaryWord.objects.filter(term__in=terms.order_by().values("pk"))
    rows = words.select_related("term").order_by("term_id", "language").iterator(AT_ONCE)
    for _term, of_term in groupby(rows, key=attrgetter("term_id")):
        yield writer.writerow([harmless(cell) for cell in _row(of_term)])


def _heading() -> list[str]:
    languages = (f"{label} ({code})" for code, label in _LANGUAGES.items())
    return [_("Term"), _("Definition"), _("Source"), *languages]


def _row(words: Iterable[GlossaryWord]) -> list[str]:
    """Term and definition in English, else in the first language that has one."""
    known = {word.language: word for word in words}
    order = [known[code] for code in _LANGUAGES if code in known]
    definition = next((word.definition for word in order if word.definition), "")
    said = (known[code].word if code in known else "" for code in _LANGUAGES)
    return [order[0].word, definition, order[0].term.source, *said]
