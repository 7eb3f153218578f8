"""What a flood of links or of the same words is told: a sentence, before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible

MOST_LINKS = 3
# The same words are refused the third time within so long.
MOST_ALIKE = 2
WINDOW = timedelta(hours=1)
_LINK = re.compile(r"(?i)\b(?:https?|ftp)://|\bwww\.")


class Spam(NotPossible):
    """The text is not taken; the message says why and what to do."""


def check(*texts: str, earlier: Iterable[str] = ()) -> None:
    """Raises Spam for more than three links in what somebody hands in, or the same words again.

    `texts` are the fields handed in together. `earlier` is what the same person wrote within
    `WINDOW` before, one text for each thing written; the third time is once too often.
    """
    whole = "\n".join(texts)
    if len(_LINK.findall(whole)) > MOST_LINKS:
        raise Spam(
            _("A text with more than three links is not taken. Please keep the ones that matter.")
        )
    said = _plain(whole)
    if said and sum(_plain(text) == said for text in earlier) >= MOST_ALIKE:
        raise Spam(
            _("You wrote these words twice within the last hour. Please wait or say it otherwise.")
        )


def _plain(text: str) -> str:
    """Without what makes the same words look different: capitals and blanks."""
    return " ".join(text.casefold().split())
