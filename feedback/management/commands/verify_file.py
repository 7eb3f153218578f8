"""Says whether a file is what it claims to be, with or without the database.

Prints {"kind", "result", "sha256", "problems"}; exit 0 authentic, 1 altered or revoked, 2 unknown
or unreadable.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management.base import CommandParser
from django.db import Error as DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_platform.common import signing
from cop_platform.common.commands import JsonCommand
from feedback.reports.domain import known, proving
from feedback.reports.domain.proving import Examined
from feedback.validation.domain.proof import checking, file_check
from feedback.validation.domain.proof.checking import Checked, Result
from feedback.validation.domain.proof.file_check import Opened, Unreadable

logger = logging.getLogger(__name__)
CODES = {Result.AUTHENTIC: 0, Result.ALTERED: 1, Result.REVOKED: 1, Result.UNKNOWN: 2}
Found = TypeVar("Found")


class Command(JsonCommand):
    help = "Check a file, a credential, or a file with the signature beside it."
    # Also on a machine where nothing is set up.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The file to check")
        parser.add_argument("--sig", help="The signature beside it (NAME.sig)")
        parser.add_argument("--key", help="The project's public key (/verify/key.pub)")

    def handle(self, *args: Any, **options: Any) -> None:
        sha256: str | None = None
        try:
            opened = file_check.open_file(Path(options["file"]))
            sha256 = opened.sha256
            keys = self._keys(options["key"])
            kind, checked = self._check(opened, options["sig"], keys, given=bool(options["key"]))
        except (Unreadable, signing.BadKey) as error:
            kind, checked = "unknown", Checked(Result.UNKNOWN, (str(error),))
        self.answer(
            {
                "kind": kind,
                "result": checked.result.value,
                "sha256": sha256,
                "problems": list(checked.problems),
            }
        )
        if code := CODES[checked.result]:
            raise SystemExit(code)

    @staticmethod
    def _keys(name: str | None) -> tuple[Ed25519PublicKey, ...]:
        if name is None:
            return signing.known_keys()
        opened = file_check.open_file(Path(name))
        if opened.size > file_check.LONGEST_KEY:
            raise signing.BadKey(_("The file given as the key is too long to be one."))
        return (signing.read_public(opened.path.read_bytes()),)

    def _check(
        self, opened: Opened, sig: str | None, keys: tuple[Ed25519PublicKey, ...], *, given: bool
    ) -> tuple[str, Checked]:
        if opened.token and sig is None:
            return "credential", self._credential(opened, keys, given=given)
        found = self._signed(opened, sig, keys) if sig is not None else self._stored(opened)
        examined = proving.examine(opened.path)
        return self._counted(opened, examined, *found) if examined else found

    @staticmethod
    def _counted(
        opened: Opened, examined: Examined, _kind: str, checked: Checked
    ) -> tuple[str, Checked]:
        """A report, after its tables were counted again out of the dataset inside it.

        What our signature or our database vouches for is altered all the same where they disagree.
        """
        problems = (*checked.problems, *examined.problems)
        if checked.result != Result.AUTHENTIC:
            return "report", Checked(checked.result, problems)
        if not examined.agrees:
            return "report", Checked(Result.ALTERED, problems)
        other = proving.rebuilt(examined, opened.sha256)
        return "report", Checked(Result.AUTHENTIC, (*problems, other) if other else problems)

    def _signed(
        self, opened: Opened, sig: str, keys: tuple[Ed25519PublicKey, ...]
    ) -> tuple[str, Checked]:
        """A file with its signature; the database may still know that it was withdrawn."""
        signature = file_check.read_signature(Path(sig))
        if not keys:
            return "unknown", Checked(
                Result.UNKNOWN, (_("No key is known here: give the project's by --key."),)
            )
        if not file_check.is_signed(opened, signature, keys):
            return "unknown", Checked(
                Result.ALTERED, (_("The signature does not belong to this file and key."),)
            )
        kind, stored = self._stored(opened)
        known_here = stored.result != Result.UNKNOWN
        return kind, stored if known_here else Checked(Result.AUTHENTIC)

    def _credential(
        self, opened: Opened, keys: tuple[Ed25519PublicKey, ...], *, given: bool
    ) -> Checked:
        now = timezone.now()
        checked = checking.check(opened.token, keys=keys, given=given, at=now)
        asked = self._ask(lambda: checking.with_status(checked, now.date()))
        return checked if asked is None else asked

    def _stored(self, opened: Opened) -> tuple[str, Checked]:
        """What the database knows of exactly these bytes."""
        today = timezone.now().date()
        material = self._ask(lambda: file_check.of_material(opened.sha256, today))
        if material is not None:
            return "material", Checked(material.result, material.problems)
        report = self._ask(lambda: known.find(opened.sha256))
        if report is not None:
            gone = known.withdrawn(report)
            result = Result.REVOKED if gone else Result.AUTHENTIC
            return "report", Checked(result, (gone,) if gone else ())
        problem = _("No file with exactly these bytes is known here.")
        return "unknown", Checked(Result.UNKNOWN, (problem,))

    @staticmethod
    def _ask(question: Callable[[], Found]) -> Found | None:
        """The answer of the database; None where there is no database, or an empty one."""
        try:
            return question()
        except DatabaseError:
            logger.warning("The database could not be asked.")
            return None
