"""How a version is shown on one side of a page."""

from __future__ import annotations

from dataclasses import dataclass

from experts.models import User
from materials.domain import editions, reading
from materials.domain.editions import Standing
from materials.domain.words import direction
from materials.models import Page, Rendition, Version

# These are read by the words of their pages, if there are any.
_BY_WORDS = {"drawing", "download"}


@dataclass(frozen=True)
class Side:
    """A version on one side: as a PDF, as a picture, by the words of its pages, or as a download.

    `way` is a word of Reading, `pages` what the viewer will find. `texts` is (page number, text),
    and empty where pages or a picture are shown.
    """

    version: Version
    way: str
    copy: bool
    pages: int
    direction: str
    freshness: Standing | None
    texts: list[tuple[int, str]]


def side(version: Version, user: User) -> Side:
    """Needs three queries, four for words; nothing of the version is left out."""
    standing = Version.objects.with_standing().get(pk=version.pk)
    rendition = Rendition.objects.filter(version=version).first()
    copy = reading.gets_copy(version, user)
    way = reading.way_of(version, rendition, copy=copy)
    pages = Page.objects.visible_to(user) if way in _BY_WORDS else Page.objects.none()
    return Side(
        version=version,
        way=way,
        copy=copy,
        pages=reading.pages_of(version, rendition),
        direction=direction(version.language),
        freshness=editions.freshness(standing),
        texts=[(page.number, page.text) for page in pages.filter(version=version)],
    )
