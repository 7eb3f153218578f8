"""The words that are read before somebody agrees: versions, translations, readings aloud."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.apps import apps as installed
from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import sounds
from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.consenting import standard_consents
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import ConsentText

# The language every text is first written in, and what stands in for a missing translation.
FIRST = "en"


class WordsInUse(NotPossible):
    """Somebody agreed to these words: they stay as they were read."""


def all_current() -> dict[str, dict[str, ConsentText]]:
    """The newest version of every purpose: purpose -> language -> text. One query."""
    found: dict[str, dict[str, ConsentText]] = defaultdict(dict)
    newest: dict[str, int] = {}
    for row in ConsentText.objects.order_by("purpose", "-version", "language"):
        if newest.setdefault(row.purpose, row.version) == row.version:
            found[row.purpose][row.language] = row
    return dict(found)


def current(purpose: str) -> dict[str, ConsentText]:
    """The newest version of a purpose, by language."""
    rows = list(ConsentText.objects.filter(purpose=purpose).order_by("-version", "language"))
    return {row.language: row for row in rows if row.version == rows[0].version}


def spoken(purpose: str, language: str) -> ConsentText:
    """What is read to somebody of that language: English where it was not translated yet."""
    texts = current(purpose)
    return texts.get(language) or texts[FIRST]


@transaction.atomic
def write(*, purpose: str, text: str, by: User) -> ConsentText:
    """The next version of a purpose's words, in English. Versions before it stay as they are.

    Raises NotPossible when the words are those of today.
    """
    permissions.may_edit_words(by)
    rows = ConsentText.objects.select_for_update().filter(purpose=purpose, language=FIRST)
    newest = rows.order_by("-version").first()
    if newest and newest.text == text:
        raise NotPossible(_("These are the words of the version in use. Nothing was changed."))
    version = newest.version + 1 if newest else 1
    return ConsentText.objects.create(purpose=purpose, version=version, language=FIRST, text=text)


@transaction.atomic
def translate(*, purpose: str, language: str, text: str, by: User) -> ConsentText:
    """The newest version of a purpose in another language; raises WordsInUse once it was read.

    Another wording makes a reading aloud of the one before it wrong, so that one goes.
    """
    permissions.may_translate(by)
    if language == FIRST:
        raise NotPossible(_("The English words are a version of their own."))
    rows = ConsentText.objects.select_for_update().filter(purpose=purpose)
    version = max(rows.values_list("version", flat=True))
    existing = rows.filter(version=version, language=language).first()
    if existing is None:
        return ConsentText.objects.create(
            purpose=purpose, version=version, language=language, text=text
        )
    if existing.text != text:
        if existing.consents.exists():
            raise WordsInUse(
                _(
                    "Somebody agreed to these words, so they stay. The project manager can"
                    " write a new version."
                )
            )
        existing.text = text
        existing.save(update_fields=["text"])
        sounds.drop(existing)
    return existing


@transaction.atomic
def read_aloud(*, text_id: int, sound: sounds.HeardSound, by: User) -> ConsentText:
    """Puts a reading aloud beside the words; another one takes the first one's place."""
    permissions.may_translate(by)
    row = ConsentText.objects.select_for_update().get(pk=text_id)
    sounds.keep(row, sound)
    return row


def lay_out(*, apps: Any = installed, using: str = "default", **_signal: Any) -> None:
    """Adds the first version of each purpose where there is none; nobody's words are touched.

    Runs after every migration and after a database was emptied. `apps` may be a state from before
    the table existed.
    """
    try:
        model = apps.get_model("feedback", "ConsentText")
    except LookupError:
        return
    rows = [
        model(purpose=str(purpose), version=1, language=language, text=text)
        for purpose in Purpose
        for language, text in standard_consents.TEXTS[purpose].items()
    ]
    model._base_manager.using(using).bulk_create(rows, ignore_conflicts=True)
