"""Bad uploads that grow or hide something when they are unpacked (17).

The numbers are those of the list in the security notes. Each file comes in pieces as a browser
sends it, and ends in a clear sentence with nothing left on disk, or as a harmless stored file.
"""

from __future__ import annotations

import pytest

from tests.materials import files
from tests.materials.sending import refused, sent

pytestmark = pytest.mark.django_db


def nested() -> bytes:
    return files.with_parts(files.deck(), {"ppt/media/inner.zip": files.word()})


def doubled() -> bytes:
    inner = files.with_parts(files.workbook(), {"xl/embeddings/a.docx": files.word()})
    return files.with_parts(files.deck(), {"ppt/embeddings/a.xlsx": inner})


@pytest.mark.parametrize(
    ("build", "name", "sentence"),
    [
        (files.bomb, "a.docx", "This Word document would unpack to more than 200 MB."),
        (lambda: files.many_entries(60_000), "a.docx", "This Word document has too many parts"),
        (files.overlapping, "a.docx", "This"),
        (nested, "a.pptx", "This file hides a second one."),
        (doubled, "a.pptx", "This file hides a second one."),
    ],
)
def test_security_17_bombs_are_refused_before_unpacking(build, name, sentence):
    assert refused(build(), name).startswith(sentence)


def test_security_17_a_million_announced_entries_are_refused_by_the_announcement():
    data = bytearray(files.word())
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = b"\xff\xff\xff\xff"
    assert "too many parts" in refused(bytes(data), "a.docx")


def test_security_17_a_bomb_in_the_table_of_a_chart_is_refused():
    inner = files.with_parts(files.workbook(), {"xl/media/a.bin": bytes(20 * 1024 * 1024)})
    data = files.with_parts(files.deck(), {"ppt/embeddings/a.xlsx": inner})
    assert "would unpack" in refused(data, "a.pptx")


def test_a_chart_may_bring_its_table_along():
    data = files.with_parts(files.deck(), {"ppt/embeddings/a.xlsx": files.workbook()})
    assert sent(data, "a.pptx").is_ready
