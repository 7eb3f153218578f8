"""How a version is shown on one side of a page."""

from __future__ import annotations

from dataclasses import dataclass

from experts.models import User
from materials.domain import editions
from materials.domain.editions import Standing
from materials.domain.words import direction
from materials.models import Page, Version


@dataclass(frozen=True)
class Side:
    """A version on one side: as a PDF, as a picture, by the words of its pages, or as a download.

    `texts` is (page number, text), and empty where the file itself can be drawn.
    """

    version: Version
    direction: str
    freshness: Standing | None
    texts: list[tuple[int, str]]


def side(version: Version, user: User) -> Side:
    """Needs one query, two where the file itself cannot be drawn; nothing of it is left out."""
    standing = Version.objects.with_standing().get(pk=version.pk)
    is_drawn = version.is_pdf or version.is_image or bool(version.link)
    pages = Page.objects.none() if is_drawn else Page.objects.visible_to(user)
    return Side(
        version=version,
        direction=direction(version.language),
        freshness=editions.freshness(standing),
        texts=[(page.number, page.text) for page in pages.filter(version=version)],
    )
