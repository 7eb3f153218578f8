"""Drawing as long work: every page that can be drawn is, once, and a broken file hurts nobody."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from cop_platform.common import periodic
from cop_platform.common.long_work import SILENT, RunOver
from cop_platform.common.models import JobState
from cop_platform.common.refusals import Refused
from experts.enums import Role
from materials.domain import children, drawing, renditions, sheets, uploads
from materials.domain.uploads import MaterialFacts, VersionFacts
from materials.enums import Shown
from materials.models import Page, Rendition, Version
from materials.tasks import draw_version, look_after_drawings
from tests import factories as make
from tests.materials import drawings, files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """Tasks that would have gone to the broker."""
    found = []
    monkeypatch.setattr(
        "cop_platform.common.jobs._send", lambda name, ids: found.append((name, ids))
    )
    return found


def guide(*pages: str) -> Version:
    return make.version(data=drawings.typeset(*pages or ("First words", "Second words")))


def nothing_left() -> bool:
    """No folder of a drawing is left; files on their way in are another matter."""
    found = default_storage.listdir("incoming")[0] if default_storage.exists("incoming") else []
    return not [name for name in found if name.startswith("drawing-")]


def test_an_upload_asks_for_its_drawing_once_it_is_stored(sent):
    by = make.user(Role.AUTHOR)
    facts = MaterialFacts("Guide", "guide", "mentors", "CC BY 4.0")
    first = VersionFacts("en", files.upload(files.pdf(2)))

    material = uploads.create_material(facts=facts, first=first, by=by, at=timezone.now())

    rendition = Rendition.objects.get(version__material=material)
    assert (rendition.state, rendition.requested_by) == (JobState.QUEUED, by.person)
    assert sent == [("materials.draw_version", {"run_id": rendition.pk})]


def test_an_upload_that_fails_asks_for_nothing(sent, monkeypatch):
    monkeypatch.setattr(renditions.jobs, "enqueue", lambda *_a, **_k: 1 / 0)
    by = make.user(Role.AUTHOR)
    facts = MaterialFacts("Guide", "guide", "mentors", "CC BY 4.0")
    with pytest.raises(ZeroDivisionError):
        uploads.create_material(
            facts=facts,
            first=VersionFacts("en", files.upload(files.pdf(2))),
            by=by,
            at=timezone.now(),
        )
    assert not Rendition.objects.exists()
    assert not Version.objects.exists()


def test_a_pdf_becomes_words_pictures_and_a_thumbnail():
    version = guide("First words", "Second words")

    rendition = drawings.drawn(version)

    assert (rendition.state, rendition.shown, rendition.pages) == (
        JobState.READY,
        Shown.PAGES,
        2,
    )
    first, second = version.page_set.all()
    assert (first.text.strip(), second.text.strip()) == ("First words", "Second words")
    assert (round(first.width), round(first.height)) == (595, 842)
    with Image.open(first.image.path) as picture:
        assert (picture.format, picture.size) == ("WEBP", (893, 1263))
    with Image.open(rendition.thumbnail.path) as small:
        assert max(small.size) <= 480
    assert first.image.name.startswith("renditions/")
    assert nothing_left()


def test_arabic_words_are_kept_in_the_order_they_are_read():
    # Lam-alef and a Latin code are what a reader of glyphs gets wrong.
    words = "دليل الإنجازات M01 لا شيء في العمل"
    version = make.version(data=drawings.typeset(words, language="ar"), language="ar")
    drawings.drawn(version)
    assert " ".join(version.page_set.get().text.split()) == words


def test_a_second_delivery_and_a_second_request_do_nothing(sent):
    version = guide()
    rendition = drawings.drawn(version)
    before = list(Page.objects.values_list("pk", flat=True))

    draw_version(run_id=rendition.pk)
    renditions.request(version=version, at=timezone.now())

    assert list(Page.objects.values_list("pk", flat=True)) == before
    assert [name for name, _ids in sent].count(renditions.TASK) == 1


def test_a_task_about_a_row_that_is_gone_does_nothing():
    draw_version(run_id=10**9)
    assert not Rendition.objects.exists()


def test_a_page_that_breaks_is_skipped_and_the_others_stay(monkeypatch):
    rendition_of = guide("One", "Two", "Three")
    lines = children.lines

    def dies_on_two(module, *arguments, **limits):
        """Like a library that takes its process down, again and again, at the same page."""
        for said in lines(module, *arguments, **limits):
            if said.get("page") == 2:
                return
            yield said

    monkeypatch.setattr(children, "lines", dies_on_two)
    rendition = drawings.drawn(rendition_of)

    assert (rendition.state, rendition.pages) == (JobState.READY, 3)
    assert rendition.why_not == "Page 2 could not be drawn."
    assert [bool(page.image) for page in rendition_of.page_set.all()] == [True, False, True]
    assert [page.text.strip() for page in rendition_of.page_set.all()] == ["One", "", "Three"]


def test_a_child_that_hangs_is_ended(tmp_path):
    pipe = tmp_path / "never-written"
    os.mkfifo(pipe)
    arguments = ("picture", str(pipe), str(tmp_path), "1")
    with pytest.raises(children.Silent):
        list(children.lines("materials.domain.drawing", *arguments, seconds=1))
    assert str(pipe) not in subprocess.check_output(["ps", "-eo", "args"], text=True)


def test_above_the_limit_pages_have_words_and_no_picture(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(drawing, "PICTURES", 1)
    path = tmp_path / "a.pdf"
    path.write_bytes(drawings.typeset("One", "Two"))
    drawing.draw_pdf(str(path), tmp_path, 1)
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["text"].strip(), line["image"]) for line in said[1:]] == [
        ("One", "1.webp"),
        ("Two", ""),
    ]
    remark = sheets.Sheets(expected=301).remark()
    assert remark == "From page 301 on there is text and no picture."


def test_a_file_that_cannot_be_opened_fails_in_words_and_the_next_one_is_drawn():
    broken, fine = make.version(data=b"%PDF-1.7 and no more"), guide()

    rendition, other = drawings.drawn(broken), drawings.drawn(fine)

    assert (rendition.state, rendition.reason) == (
        JobState.FAILED,
        "This file could not be drawn. Download it to read it.",
    )
    assert other.state == JobState.READY
    assert not broken.page_set.exists()
    assert nothing_left()


def test_what_was_drawn_is_written_as_a_whole_or_not_at_all(monkeypatch):
    version = guide()
    drawings.drawn(version)
    before = set(Page.objects.values_list("pk", flat=True))
    renditions.draw_again(version_id=version.pk, by=version.material.owner.user, at=timezone.now())
    monkeypatch.setattr(renditions.name_scan, "find", lambda **_: 1 / 0)

    rendition = drawings.drawn(version)

    assert rendition.state == JobState.FAILED
    assert set(Page.objects.values_list("pk", flat=True)) == before


def test_drawing_again_is_the_right_of_who_may_change_the_material():
    version = guide()
    drawings.drawn(version)
    with pytest.raises(Refused):
        renditions.draw_again(version_id=version.pk, by=make.user(Role.EXPERT), at=timezone.now())
    owner = version.material.owner.user
    renditions.draw_again(version_id=version.pk, by=owner, at=timezone.now())
    with pytest.raises(renditions.StillDrawing):
        renditions.draw_again(version_id=version.pk, by=owner, at=timezone.now())
    assert drawings.drawn(version).state == JobState.READY
    assert version.page_set.count() == 2


def test_a_drawing_is_stopped_and_keeps_nothing():
    version = guide()
    rendition = renditions.request(version=version, at=timezone.now())
    owner = version.material.owner.user
    renditions.cancel(version_id=version.pk, by=owner, at=timezone.now())
    draw_version(run_id=rendition.pk)
    rendition.refresh_from_db()
    assert rendition.state == JobState.CANCELLED
    assert not version.page_set.exists()
    with pytest.raises(RunOver):
        renditions.cancel(version_id=version.pk, by=owner, at=timezone.now())


def test_a_silent_worker_is_noticed_and_a_lost_task_sent_again(sent):
    silent = renditions.request(version=guide(), at=timezone.now())
    lost = renditions.request(version=guide("Other"), at=timezone.now() - timedelta(minutes=5))
    long_ago = timezone.now() - SILENT - timedelta(minutes=1)
    Rendition.objects.filter(pk=silent.pk).update(state=JobState.RUNNING, heartbeat_at=long_ago)
    sent.clear()

    look_after_drawings()

    silent.refresh_from_db()
    assert silent.state == JobState.FAILED
    assert sent == [("materials.draw_version", {"run_id": lost.pk})]
    assert periodic.run_all(timezone.now())["drawings"] == {"failed": 0, "sent_again": 0}


def test_versions_from_before_are_drawn_by_the_command_once():
    guide(), guide("Other")
    make.version(data=b"%PDF-1.7 and no more")

    def run() -> dict:
        out = StringIO()
        with suppress(SystemExit):
            call_command("draw_versions", stdout=out)
        return json.loads(out.getvalue())

    assert run() == {"requested": 3, "drawn": 2, "failed": 1}
    assert run() == {"requested": 0, "drawn": 0, "failed": 0}


def test_a_link_is_a_card_at_once(sent):
    version = make.version()
    link = Version(
        **{
            field.attname: getattr(version, field.attname)
            for field in Version._meta.concrete_fields
            if field.attname not in {"id", "file", "number", "sha256"}
        },
        number=2,
        sha256="0" * 64,
    )
    link.link = "https://example.org/"
    link.save()
    rendition = renditions.request(version=link, at=timezone.now())
    assert (rendition.state, rendition.shown, sent) == (JobState.READY, Shown.LINK, [])


def test_a_picture_gets_a_thumbnail():
    version = make.version(data=files.image(size=(900, 600)), media_type="image/png")
    rendition = drawings.drawn(version)
    assert rendition.shown == Shown.PICTURE
    with Image.open(rendition.thumbnail.path) as small:
        assert small.size == (360, 240)
