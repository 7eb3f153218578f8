"""A material begins, grows by versions, and is released; nothing is ever overwritten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.db import connection, transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from materials import gates, permissions
from materials.domain import editions, errata, incoming, intake, quota, renditions
from materials.domain.homes import home_of
from materials.domain.inspecting import NotAccepted
from materials.domain.intake import Content
from materials.models import Material, Version

_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,9}")
# Held while a code is chosen, so that two uploads at once never get the same one.
_CODES_LOCK = 7_350_001


class CodeNotPossible(NotPossible):
    """The code is taken or is not one."""


class AlreadyThere(NotPossible):
    """The same content is a version of this material already."""


@dataclass(frozen=True)
class MaterialFacts:
    """What is said about a material; without a code the next number is given."""

    title: str
    type: str
    audience: str
    licence: str
    code: str = ""
    summary: str = ""


@dataclass(frozen=True)
class VersionFacts:
    """What a version is: a language and a file, a link, or the key of an incoming file.

    With `source_id` it is a language edition, the translation of exactly that version; an erratum
    mends the version before it in the same language.
    """

    language: str
    file: File | None = None
    link: str = ""
    what_changed: str = ""
    incoming: str = ""
    source_id: int | None = None
    translator: str = ""
    licence: str = ""
    is_erratum: bool = False


def create_material(
    *, facts: MaterialFacts, first: VersionFacts, by: User, at: datetime
) -> Material:
    """Creates a material with its first version; the uploader becomes its owner.

    Raises Refused, CodeNotPossible, NotAccepted, NoRoom, StoreFull; then no row is left.
    """
    permissions.may_upload(by)
    quota.check(country_id=home_of(by), size=_announced(first))
    taken = _take(first)
    with transaction.atomic():
        content = taken or incoming.content(key=first.incoming, by=by)
        material = Material.objects.create(
            code=_free_code(facts.code),
            title=facts.title,
            type=facts.type,
            audience=facts.audience,
            licence=facts.licence,
            summary=facts.summary,
            owner=by.person,
            country_id=home_of(by),
            created_at=at,
        )
        audit.record(
            deed="material created", about=material, by=by, at=at, country_id=material.country_id
        )
        _write(material, 1, first, content, by, at)
    return material


def add_version(*, material_id: int, facts: VersionFacts, by: User, at: datetime) -> Version:
    """Adds the next version of a material.

    Raises Refused, AlreadyThere, NotASource, NothingToMend, NotAccepted, NoRoom, StoreFull; then
    no row is left.
    """
    wanted = Material.objects.get(pk=material_id)
    permissions.may_edit(by, wanted)
    editions.check_source(
        material_id=material_id, source_id=facts.source_id, language=facts.language
    )
    quota.check(country_id=wanted.country_id, size=_announced(facts))
    taken = _take(facts)
    with transaction.atomic():
        content = taken or incoming.content(key=facts.incoming, by=by)
        material = Material.objects.select_for_update().get(pk=material_id)
        permissions.may_edit(by, material)
        versions = material.versions.order_by("number")
        for number, sha256 in versions.values_list("number", "sha256"):
            if sha256 == content.sha256:
                raise AlreadyThere(
                    _("Nothing is new here: this is already version %(number)d.")
                    % {"number": number}
                )
        newest = versions.last()
        version = _write(material, newest.number + 1 if newest else 1, facts, content, by, at)
        if facts.is_erratum:
            errata.note(version=version, by=by, at=at)
        return version


@transaction.atomic
def release(*, version_id: int, by: User, at: datetime) -> Version:
    """Opens a version to every member. A second release changes nothing.

    Raises Refused, gates.NotReleasable while a gate names something that is open.
    """
    found = _to_release(version_id, by)
    if found.released_at is None:
        gates.check(found, by, at)
        _open(found, by, at)
    return found


@transaction.atomic
def note_release(*, version_id: int, by: User, at: datetime) -> Version:
    """Writes down a release that took place before the gates stood; none is asked.

    For what is taken over from elsewhere with its history. Raises Refused.
    """
    found = _to_release(version_id, by)
    if found.released_at is None:
        _open(found, by, at)
    return found


def _to_release(version_id: int, by: User) -> Version:
    versions = Version.objects.select_for_update(of=("self",)).select_related("material")
    found = versions.get(pk=version_id)
    permissions.may_edit(by, found.material)
    return found


def _open(version: Version, by: User, at: datetime) -> None:
    version.released_at = at
    version.save(update_fields=["released_at"])
    audit.record(
        deed="version released",
        about=version,
        by=by,
        at=at,
        country_id=version.material.country_id,
        number=version.number,
    )


def _announced(facts: VersionFacts) -> int:
    """The bytes a file in the form itself would add; one in pieces was asked for before."""
    return (facts.file.size or 0) if facts.file is not None else 0


def _take(facts: VersionFacts) -> Content | None:
    """What comes with the form, proved; None for a file that came in pieces."""
    if facts.incoming:
        return None
    if facts.file is not None and facts.link:
        raise NotAccepted(_("Give a file or a link, not both."))
    if facts.file is not None:
        return intake.take_file(facts.file)
    if facts.link:
        return intake.take_link(facts.link)
    raise NotAccepted(_("Choose a file, or give a link."))


def _write(
    material: Material, number: int, facts: VersionFacts, content: Content, by: User, at: datetime
) -> Version:
    version = Version(
        material=material,
        number=number,
        language=facts.language,
        what_changed=facts.what_changed,
        source_id=facts.source_id,
        translator=facts.translator,
        licence=facts.licence,
        uploaded_by=by.person,
        uploaded_at=at,
    )
    content.fill(version)
    quota.check_stored(country_id=material.country_id, sha256=content.sha256, size=content.size)
    version.save()
    if facts.incoming:
        incoming.settle(key=facts.incoming, version=version, by=by)
    audit.record(
        deed="version uploaded",
        about=version,
        by=by,
        at=at,
        country_id=material.country_id,
        number=number,
        sha256=content.sha256,
    )
    renditions.request(version=version, by=by.person, at=at)
    return version


def _free_code(typed: str) -> str:
    """The typed code in capitals, or the next M number. Raises CodeNotPossible."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CODES_LOCK])
    code = typed.upper()
    if not code:
        return _next_code()
    if not _CODE.fullmatch(code):
        raise CodeNotPossible(_("A code begins with a letter and has up to ten letters or digits."))
    if Material.objects.filter(code=code).exists():
        raise CodeNotPossible(_("The code %(code)s is taken.") % {"code": code})
    return code


def _next_code() -> str:
    codes = Material.objects.filter(code__regex=r"^M[0-9]{1,8}$").values_list("code", flat=True)
    return f"M{max((int(code[1:]) for code in codes), default=0) + 1:02d}"
