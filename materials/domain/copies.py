"""The copy without names that people asked to read get, made once for each version."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.models import JobState
from cop_platform.common.refusals import NotPossible
from materials.domain import children, store
from materials.domain.stripping import KINDS
from materials.models import Page, Rendition, Version

MODULE = "materials.domain.stripping"
SECONDS = 60


class NoCopy(NotPossible):
    """There is no copy without names (yet), so reviewers get nothing; the message says why."""


def can_be_stripped(version: Version) -> bool:
    """Links carry no file, and of a film nothing is taken out."""
    return version.format is not None and version.format.extension in KINDS


def make(*, version_id: int, at: datetime) -> Rendition:
    """The rendition with its stripped copy, made now if it is not there; twice gives the same.

    Takes up to a minute, so it belongs to the drawing. Raises Version.DoesNotExist, and NoCopy when
    the file cannot be read well enough.
    """
    version = Version.objects.get(pk=version_id)
    rendition, _is_new = Rendition.objects.get_or_create(
        version=version, defaults={"requested_at": at, "state": JobState.QUEUED}
    )
    if rendition.stripped or not can_be_stripped(version):
        return rendition
    with children.workshop() as folder:
        copy = stripped(version, folder)
        sha256 = digest(copy)
        rendition.stripped.name = keep(copy)
    rendition.stripped_sha256 = sha256
    _keep_no_drawing_of_the_original(rendition)
    return rendition


@transaction.atomic
def _keep_no_drawing_of_the_original(rendition: Rendition) -> None:
    """Writes the copy down; what was drawn while there was none may show what it leaves out."""
    Page.objects.filter(version=rendition.version_id).delete()
    rendition.pages, rendition.pdf, rendition.thumbnail = 0, "", ""
    drawn = ["pages", "pdf", "thumbnail"]
    rendition.save(update_fields=["stripped", "stripped_sha256", *drawn])


def there(version: Version) -> Rendition:
    """The rendition with the copy that was made before; nothing is written.

    Raises NoCopy while it is being prepared, and when it could not be made.
    """
    rendition = Rendition.objects.filter(version=version).first()
    if rendition is None or not rendition.stripped:
        raise none_for(rendition)
    return rendition


def none_for(rendition: Rendition | None) -> NoCopy:
    """Why there is no copy: it is still being prepared, or it could not be made."""
    if rendition is None or rendition.is_open:
        return NoCopy(_("The copy without names is being prepared. Try again in some minutes."))
    return NoCopy(_could_not())


def stripped(version: Version, folder: Path) -> Path:
    """A copy without names in `folder`. Raises NoCopy."""
    assert version.format is not None
    target = folder / "stripped"
    arguments = (version.format.extension, version.file.path, str(target))
    try:
        said = children.answer(MODULE, *arguments, seconds=SECONDS)
    except children.Broken:
        said = {}
    if not said.get("stripped") or not target.is_file():
        raise NoCopy(_could_not())
    return target


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path) -> str:
    """Moves a made file to its key, the hash of its bytes, and gives the key."""
    sha256 = digest(path)
    key = f"renditions/{sha256[:2]}/{sha256}"
    store.keep(path, key)
    Path(default_storage.path(key)).chmod(0o600)
    return key


def _could_not() -> str:
    return _("The copy without names could not be made, so this file is not opened.")
