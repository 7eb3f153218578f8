"""Real Office files through the real LibreOffice in its room, and what is said without either."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from cop_platform.common.models import JobState
from materials.domain import children, office
from materials.enums import FORMATS, Shown
from tests import factories as make
from tests.materials import drawings, files, office_files

TYPES = {entry.extension: entry.media_type for entry in FORMATS}
# What each kind of file becomes: the beginning of each of its pages.
DRAWN = {
    "docx": (office_files.word, [office_files.WORDS, "The second page"]),
    "pptx": (
        office_files.deck,
        [
            "Steps of prior learning",
            "Identification and documentation",
            "Assessment and certification",
            "Talk about it in pairs",
        ],
    ),
    "xlsx": (office_files.workbook, [office_files.WORDS, "The second page"]),
    "odt": (office_files.text, [office_files.WORDS]),
}


@pytest.fixture
def secret(tmp_path) -> Path:
    """A picture on the disk of the server, of a size that no other has, open to everybody."""
    path = tmp_path / "secret.png"
    path.write_bytes(files.image(size=(641, 479)))
    tmp_path.chmod(0o755)
    return path


@pytest.mark.office
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", DRAWN)
def test_security_18_a_real_office_file_is_drawn_calls_nobody_and_takes_nothing(
    kind, canary, secret
):
    build, begins = DRAWN[kind]
    data = build(canary.address, str(secret))
    version = make.version(data=data, media_type=TYPES[kind], original_name="x", pages=None)

    rendition = drawings.drawn(version)

    assert canary.calls == []
    assert (rendition.state, rendition.shown) == (JobState.READY, Shown.PAGES)
    pages = list(version.page_set.order_by("number"))
    assert [page.text.strip()[: len(words)] for page, words in zip(pages, begins, strict=True)] == (
        begins
    )
    assert office_files.RAN not in "".join(page.text for page in pages)
    for page in pages:
        with Image.open(page.image.path) as picture:
            assert picture.format == "WEBP"
    with Image.open(rendition.thumbnail.path) as small:
        assert max(small.size) <= 480
    assert 641 not in widths(rendition.pdf.path)


def widths(path: str) -> list[int]:
    """How wide the pictures in a PDF are, in points of their own."""
    with pikepdf.open(path) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        return [int(thing.Width) for thing in streams if thing.get("/Subtype") == "/Image"]


def in_the_room(folder: Path) -> list[str]:
    """The processes that see a folder."""
    found = []
    for told in Path("/proc").glob("[0-9]*/mountinfo"):
        try:
            found += [told.parent.name] if folder.name in told.read_text() else []
        except OSError:  # it ended meanwhile
            continue
    return found


@pytest.mark.office
def test_what_takes_too_long_is_ended_with_everything_it_started(monkeypatch, tmp_path):
    monkeypatch.setattr(office, "SECONDS", 2)
    monkeypatch.setattr(office, "_program", lambda: "/bin/sh")
    monkeypatch.setattr(office, "_arguments", lambda _kind: ["-c", "sleep 60 & sleep 60"])
    source = tmp_path / "source"
    source.write_bytes(files.word())
    seen: list[str] = []
    with children.workshop() as folder:
        beside = threading.Timer(1, lambda: seen.extend(in_the_room(folder)))
        beside.start()
        with pytest.raises(office.NotConverted, match="could not draw this file"):
            office.to_pdf(source, "docx", folder)
        assert len(seen) >= 2
        assert in_the_room(folder) == []


@pytest.mark.office
def test_the_room_has_no_network_none_of_our_files_and_little_memory():
    look = "echo /*; id -u; ulimit -v; sed -n 's/:.*//p' /proc/net/dev 2>/dev/null || true"
    with children.workshop() as folder:
        (folder / "work").mkdir()
        told = office._run(office._command(folder, 10, "/bin/sh", "-c", look), 10)
    seen, user, memory, *interfaces = told.decode().splitlines()
    assert not {"/home", "/root", "/srv", "/var/lib", "/run"} & set(seen.split())
    assert user == (str(office._NOBODY) if os.geteuid() == 0 else "0")
    assert memory == str(office.MEMORY_KB)
    assert {name.strip() for name in interfaces} <= {"lo"}


@pytest.mark.django_db(transaction=True)
def test_without_the_program_it_is_said_plainly(monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda _name: None)
    rendition = drawings.drawn(make.version(data=files.word(), **drawings.WORD))
    assert (rendition.state, rendition.shown) == (JobState.READY, Shown.DOWNLOAD)
    assert rendition.why_not == "This kind of file cannot be drawn here: LibreOffice is missing."


@pytest.mark.django_db(transaction=True)
def test_without_a_room_the_file_is_not_opened(monkeypatch):
    monkeypatch.setattr(office, "_program", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(office, "has_room", lambda: False)
    rendition = drawings.drawn(make.version(data=files.word(), **drawings.WORD))
    assert rendition.shown == Shown.DOWNLOAD
    assert "kept away from the network" in rendition.why_not
