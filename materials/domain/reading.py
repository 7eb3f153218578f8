"""How a version is read by somebody: which bytes, in which way, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from experts.models import User
from materials import permissions
from materials.domain import comparing, copies
from materials.domain.tracks import spoken as spoken_words
from materials.enums import Shown, TrackKind
from materials.models import Page, Rendition, TextTrack, Version


@dataclass(frozen=True)
class Spoken:
    """What is said in a film, in one language, by paragraph."""

    track: TextTrack
    words: list[str]


@dataclass(frozen=True)
class Reading:
    """Everything the page of a version shows of its content.

    `way` is one of pdf, made_pdf, picture, video, link, drawing, download; for people who get the
    copy without names (`copy`) also preparing while it is being made, and no_copy where it could
    not be. `first` is the page whose picture is there at once.
    """

    version: Version
    rendition: Rendition | None
    way: str
    copy: bool
    may_edit: bool
    captions: list[TextTrack]
    spoken: list[Spoken]
    earlier: Version | None
    first: Page | None

    @property
    def has_text(self) -> bool:
        """Whether pages were drawn, so that they can be read as text."""
        return self.rendition is not None and self.rendition.pages > 0

    @property
    def pages(self) -> int:
        """How many pages the viewer will find."""
        return pages_of(self.version, self.rendition)

    @property
    def names(self) -> list[dict[str, Any]]:
        """Names found in the text, for those who can change it."""
        return self.rendition.names_found if self.rendition is not None and self.may_edit else []

    @property
    def copy_is_missing(self) -> bool:
        """A copy for reviewers was tried and could not be made."""
        done = self.rendition is not None and not self.rendition.is_open
        return self.may_edit and done and not self.has_copy and not self.version.link

    @property
    def reads_copy(self) -> bool:
        """What this reader sees was drawn from the copy without names."""
        return self.copy and self.has_copy and copies.can_be_stripped(self.version)

    @property
    def has_copy(self) -> bool:
        return self.rendition is not None and bool(self.rendition.stripped)

    @property
    def is_film(self) -> bool:
        return is_film(self.version)


def of(version: Version, user: User) -> Reading:
    """For a version that `user` may open; needs material loaded."""
    rendition = Rendition.objects.filter(version=version).first()
    tracks = list(version.tracks.all()) if is_film(version) or version.link else []
    copy = gets_copy(version, user)
    return Reading(
        version=version,
        rendition=rendition,
        way=way_of(version, rendition, copy=copy),
        copy=copy,
        may_edit=permissions.may_edit.allows(user, version.material),
        captions=[track for track in tracks if track.kind == TrackKind.CAPTIONS],
        spoken=_spoken(tracks, version.language),
        earlier=comparing.earlier(version, user),
        first=version.page_set.filter(number=1).exclude(image="").first(),
    )


def _spoken(tracks: list[TextTrack], language: str) -> list[Spoken]:
    """One text a language, the version's own first: the transcript, or else the captions' words."""
    best = {track.language: track for track in sorted(tracks, key=lambda track: track.kind)}
    rows = sorted(best.values(), key=lambda track: (track.language != language, track.language))
    return [Spoken(track, spoken_words(track.text)) for track in rows]


def is_film(version: Version) -> bool:
    return version.media_type.startswith("video/")


def gets_copy(version: Version, user: User) -> bool:
    """Whether somebody reads the copy without names: asked to read, and nothing more than that."""
    material = version.material
    close = {material.owner_id, version.uploaded_by_id}
    if user.person.pk in close or user.access.coordinates(material.country_id):
        return False
    return Version.objects.asked_of(user).filter(pk=version.pk).exists()


def check_drawn(user: User, *versions: Version) -> None:
    """Raises NoCopy where somebody gets the copy without names and there is none.

    Pages are then drawn from the file itself, and a remark in it would be in their pictures with
    the name of whoever wrote it. Needs material loaded; two queries where a copy is missing.
    """
    found = {row.version_id: row for row in Rendition.objects.filter(version__in=versions)}
    for version in versions:
        why_not = _without_copy(version, found.get(version.pk))
        if why_not and gets_copy(version, user):
            raise copies.none_for(found.get(version.pk))


def pages_of(version: Version, rendition: Rendition | None) -> int:
    """How many pages the viewer will find: those that were drawn, or that the file has."""
    return (rendition.pages if rendition is not None else 0) or version.pages or 1


def way_of(version: Version, rendition: Rendition | None, *, copy: bool) -> str:
    """In which way a version is read: one of the words that Reading names."""
    return (_without_copy(version, rendition) if copy else "") or _way(version, rendition)


def _without_copy(version: Version, rendition: Rendition | None) -> str:
    """Why people who get the copy cannot read yet, or at all; empty where they can."""
    if not copies.can_be_stripped(version) or (rendition is not None and rendition.stripped):
        return ""
    return "preparing" if rendition is None or rendition.is_open else "no_copy"


def _way(version: Version, rendition: Rendition | None) -> str:
    """A PDF, a picture or a film needs no drawing to be read; an Office file does."""
    by_itself = {
        "link": bool(version.link),
        "pdf": version.is_pdf,
        "picture": version.is_image,
        "video": is_film(version),
        "made_pdf": rendition is not None and bool(rendition.pdf),
        "download": rendition is not None
        and not rendition.is_open
        and rendition.shown == Shown.DOWNLOAD,
    }
    return next((way for way, holds in by_itself.items() if holds), "drawing")
