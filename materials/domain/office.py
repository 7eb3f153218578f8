"""Office and ODF files become PDFs: by LibreOffice, in a room without a network and without files.

Two walls, because each alone has a hole: the room (office_jail.sh) has no network and nothing of
ours in it, and the program's fresh profile loads nothing from elsewhere and starts no macro.
Where the room cannot be made, nothing is opened at all.
"""

from __future__ import annotations

import os
import shutil
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from materials.domain import children

EXTENSIONS = frozenset({"docx", "pptx", "xlsx", "odt"})
SECONDS = 30
PROBE_SECONDS = 10
MEMORY_KB = 3 * 1024 * 1024
_JAIL = Path(__file__).with_name("office_jail.sh")
_NOBODY = 65534
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Load", "UpdateDocMode", "0"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)


class NotConverted(NotPossible):
    """There is no PDF of this file; the message says why in one sentence."""


def to_pdf(source: Path, extension: str, folder: Path) -> Path:
    """The PDF of an Office or ODF file, in `folder`. Raises NotConverted.

    `extension` is the one its content proved: the program chooses its filter by it.
    """
    program = _program()
    if program is None:
        raise NotConverted(_("This kind of file cannot be drawn here: LibreOffice is missing."))
    if not has_room():
        raise NotConverted(
            _("This kind of file is not opened here: it could not be kept away from the network.")
        )
    work = _furnished(source, extension, folder)
    _run(_command(folder, SECONDS, program, *_arguments(extension)), SECONDS)
    made = work / "source.pdf"
    if not made.is_file() or made.stat().st_size == 0:
        raise NotConverted(_("LibreOffice could not draw this file. Download it to read it."))
    return made


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@lru_cache(maxsize=1)
def has_room() -> bool:
    """Whether this kernel lets us make a room without a network; asked once."""
    with children.workshop() as folder:
        (folder / "work").mkdir()
        command = _command(folder, PROBE_SECONDS, "/bin/sh", "-c", "test ! -e /old/usr && echo in")
        return _run(command, PROBE_SECONDS).strip() == b"in"


def _arguments(extension: str) -> list[str]:
    return [
        "-env:UserInstallation=file:///work/profile",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "pdf", "--outdir", "/work", f"/work/source.{extension}"),
    ]


def _furnished(source: Path, extension: str, folder: Path) -> Path:
    """The only folder the program sees: the file, and a fresh profile that trusts nothing."""
    work = folder / "work"
    registry = work / "profile" / "user" / "registrymodifications.xcu"
    registry.parent.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    registry.write_text(_REGISTRY.format(items=items))
    shutil.copyfile(source, work / f"source.{extension}")
    if os.geteuid() == 0:
        for path in (work, *work.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)
    return work


def _command(folder: Path, seconds: int, *program: str) -> list[str]:
    """As root the program runs as nobody; else in a user namespace, as who we are anyway."""
    root = os.geteuid() == 0
    (folder / "root").mkdir(exist_ok=True)
    room = ["unshare", *([] if root else ["--user", "--map-root-user"])]
    room += ["--net", "--mount", "--ipc", "--uts", "--pid", "--fork", "--kill-child"]
    limits = [str(MEMORY_KB), str(seconds), f"{_NOBODY}:{_NOBODY}" if root else ""]
    return [*room, "sh", str(_JAIL), str(folder / "root"), str(folder / "work"), *limits, *program]


def _run(command: list[str], seconds: int) -> bytes:
    """What it printed until its end or the limit."""
    room = children.BARE | {"HOME": "/work", "TMPDIR": "/tmp"}  # noqa: S108  inside the room
    return children.run(command, seconds=seconds, env=room).printed
