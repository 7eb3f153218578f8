"""What reviewers read carries no name: planted names are nowhere in the bytes they get."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import docx
import openpyxl
import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from openpyxl.comments import Comment
from PIL import Image

from cop_platform.common.models import JobState
from experts.enums import Role
from materials import readers
from materials.domain import (
    copies,
    name_scan,
    reading,
    renditions,
    stripping_archives,
    stripping_pictures,
    uploads,
)
from materials.domain.uploads import VersionFacts
from materials.enums import DOCX, MP4
from materials.models import Page, Rendition, Version
from tests import factories as make
from tests.materials import drawings, files

pytestmark = pytest.mark.django_db
TOKEN = "Zebedaeus"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_by_somebody() -> bytes:
    """A PDF that names its maker wherever a PDF can."""
    with pikepdf.open(io.BytesIO(drawings.typeset("The words themselves"))) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["dc:creator"], xmp["dc:title"] = [TOKEN], "Guide"
        page = pdf.pages[0]
        remark = {"Type": pikepdf.Name.Annot, "Rect": [0, 0, 9, 9], "T": TOKEN, "Contents": TOKEN}
        link = remark | {"Subtype": pikepdf.Name.Link}
        del link["Contents"]
        page.Annots = pikepdf.Array(
            [
                pdf.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Text, **remark)),
                pdf.make_indirect(pikepdf.Dictionary(**link)),
            ]
        )
        page.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private=TOKEN))
        pdf.attachments["who.txt"] = TOKEN.encode()
        photo = photo_by_somebody()
        stream = pikepdf.Stream(pdf, photo)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = 40, 30, 8
        stream.ColorSpace = pikepdf.Name.DeviceRGB
        stream.write(photo, filter=pikepdf.Name.DCTDecode)
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        resources.XObject = pikepdf.Dictionary(Photo=pdf.make_indirect(stream))
        page.obj["/Resources"] = resources
        # Drawn, so that it is not simply left out.
        page.contents_add(b"q 40 0 0 30 9 9 cm /Photo Do Q")
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def photo_by_somebody(kind: str = "JPEG") -> bytes:
    picture, buffer = Image.new("RGB", (40, 30), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = TOKEN
    picture.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def word_by_somebody() -> bytes:
    """A Word document with an author, a comment, a tracked change, people and numbers of saving."""
    document, buffer = docx.Document(), io.BytesIO()
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = TOKEN
    paragraph = document.add_paragraph("The words themselves")
    document.add_comment(paragraph.runs, text=f"{TOKEN}: shorter", author=TOKEN, initials="Zeb")
    document.add_picture(io.BytesIO(photo_by_somebody()))
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        body = archive.read("word/document.xml").decode()
    change = (
        f'<w:p w:rsidR="00AB12CD"><w:ins w:id="7" w:author="{TOKEN}" w:date="2026-01-01T00:00:00Z">'
        "<w:r><w:t>came in late</w:t></w:r></w:ins></w:p>"
    )
    body = re.sub(r"(<w:body[^>]*>)", lambda found: found[1] + change, body)
    people = f'<w15:people xmlns:w15="x"><w15:person w15:author="{TOKEN}"/></w15:people>'
    extra = {"word/document.xml": body.encode(), "word/people.xml": people.encode()}
    extra["docProps/custom.xml"] = f"<Properties><property>{TOKEN}</property></Properties>".encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            if name not in extra:
                new.writestr(name, old.read(name))
        for name, data in extra.items():
            new.writestr(name, data)
    return packed.getvalue()


def sheet_by_somebody() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.properties.creator = TOKEN
    book.active["A1"] = "The words themselves"
    book.active["A1"].comment = Comment(TOKEN, TOKEN)
    book.save(buffer)
    return buffer.getvalue()


def everything_in(data: bytes) -> bytes:
    """The bytes, and what is packed inside them."""
    found = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    if data.startswith(b"%PDF"):
        for block in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                found.append(zlib.decompressobj().decompress(block))
            except zlib.error:
                found.append(block)
    return b"\0".join(found)


def named(data: bytes) -> bool:
    whole = everything_in(data)
    return any(TOKEN.encode(code) in whole for code in ("utf-8", "utf-16-be", "utf-16-le"))


KINDS = {
    "pdf": (pdf_by_somebody, {}),
    "docx": (word_by_somebody, drawings.WORD),
    "jpg": (photo_by_somebody, {"media_type": "image/jpeg"}),
    "png": (lambda: photo_by_somebody("PNG"), {"media_type": "image/png"}),
}


@pytest.fixture
def asked(monkeypatch):
    """An expert who was asked to read every version, and nothing more."""
    expert = make.user(Role.EXPERT)
    monkeypatch.setattr(readers, "_sources", [])
    everything = Version.objects.values("pk")
    readers.register(lambda user: everything if user == expert else everything.none())
    return expert


@pytest.mark.parametrize("kind", KINDS)
def test_security_7_and_lesson_a15_a_planted_name_is_nowhere_in_the_answer(kind, asked, as_user):
    build, more = KINDS[kind]
    data = build()
    assert named(data)
    version = make.version(data=data, **more)
    url = reverse("version_file", args=[version.pk])
    copies.make(version_id=version.pk, at=make.NOW)

    reviewer, owner = as_user(asked).get(url), as_user(version.material.owner.user).get(url)

    copy = b"".join(reviewer.streaming_content)
    assert reviewer.status_code == 200
    assert not named(copy)
    assert TOKEN not in str(reviewer.headers)
    assert b"".join(owner.streaming_content) == data
    rendition = Rendition.objects.get(version=version)
    assert reviewer["ETag"] == f'"{rendition.stripped_sha256}"'
    assert rendition.stripped_sha256 != version.sha256


def test_the_copy_is_made_once_and_the_same_again():
    version = make.version(data=pdf_by_somebody())
    first = copies.make(version_id=version.pk, at=make.NOW)
    Rendition.objects.update(stripped="", stripped_sha256="")
    second = copies.make(version_id=version.pk, at=make.NOW)
    assert first.stripped_sha256 == second.stripped_sha256
    assert copies.make(version_id=version.pk, at=make.NOW).stripped == second.stripped


def test_a_copy_of_what_is_gone_is_none():
    with pytest.raises(Version.DoesNotExist):
        copies.make(version_id=10**9, at=make.NOW)


def test_what_stands_on_the_pages_stays_the_same():
    version = make.version(data=pdf_by_somebody())
    rendition = copies.make(version_id=version.pk, at=make.NOW)
    with pikepdf.open(rendition.stripped.path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Guide"
        assert [str(note.Subtype) for note in pdf.pages[0].Annots] == ["/Link"]
        assert len(pdf.pages) == 1


def test_a_word_document_opens_with_its_words_and_its_changes():
    version = make.version(data=word_by_somebody(), **drawings.WORD)
    rendition = copies.make(version_id=version.pk, at=make.NOW)
    document = docx.Document(rendition.stripped.path)
    assert "The words themselves" in [paragraph.text for paragraph in document.paragraphs]
    assert len(document.inline_shapes) == 1
    inserted = document.element.body.find(f".//{{{W}}}ins")
    assert [words.text for words in inserted.iter(f"{{{W}}}t")] == ["came in late"]
    assert [comment.text for comment in document.comments] == []


def test_a_sheet_opens_without_the_names_in_it(tmp_path):
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(sheet_by_somebody())
    stripping_archives.strip(str(source), str(target))
    assert named(source.read_bytes())
    assert not named(target.read_bytes())
    assert openpyxl.load_workbook(target).active["A1"].value == "The words themselves"


def test_an_open_document_loses_its_makers_and_their_remarks(tmp_path):
    dc, office = (
        "http://purl.org/dc/elements/1.1/",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    )
    source, target = tmp_path / "a.odt", tmp_path / "b.odt"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        head = f'xmlns:office="{office}" xmlns:dc="{dc}"'
        archive.writestr(
            "content.xml",
            f"<office:document-content {head}><p>Before <office:annotation><dc:creator>{TOKEN}"
            f"</dc:creator></office:annotation>after</p><change><dc:creator>{TOKEN}</dc:creator>"
            "</change></office:document-content>",
        )
        archive.writestr(
            "meta.xml",
            f"<office:document-meta {head}><office:meta><dc:creator>{TOKEN}</dc:creator>"
            "</office:meta></office:document-meta>",
        )
    stripping_archives.strip(str(source), str(target))
    assert not named(target.read_bytes())
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert b"<p>Before after</p>" in archive.read("content.xml")


def test_a_turned_photo_stays_upright_without_its_exif():
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, TOKEN
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG", exif=exif)
    stripped = stripping_pictures.strip(buffer.getvalue())
    with Image.open(io.BytesIO(stripped)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((30, 40), {})


def test_without_a_copy_reviewers_get_nothing_and_a_sentence(asked, as_user):
    version = make.version(data=b"%PDF-1.7 and no more")
    drawings.ready(version, stripped="")
    reviewer, sentence = as_user(asked), "The copy without names could not be made"
    response = reviewer.get(reverse("version_file", args=[version.pk]))
    assert response.status_code == 403
    assert sentence in response.content.decode()
    page = reviewer.get(version.get_absolute_url()).content.decode()
    assert sentence in page
    assert "data-pdf-url" not in page
    owner = as_user(version.material.owner.user).get(version.get_absolute_url())
    assert owner.status_code == 200


def test_without_a_copy_nothing_that_was_drawn_from_the_file_is_shown_either(asked, as_user):
    first = make.version()
    second = make.version(first.material)
    drawings.ready(first)
    drawn = drawings.ready(second, "Words", stripped="", pdf=drawings.stored(b"%PDF-1.7 made"))
    page = drawn.version.page_set.get()
    urls = [
        reverse("version_text", args=[second.pk]),
        reverse("version_pdf", args=[second.pk]),
        reverse("version_thumbnail", args=[second.pk]),
        reverse("page_image", args=[page.pk]),
    ]
    reviewer, owner = as_user(asked), as_user(first.material.owner.user)
    assert [reviewer.get(url).status_code for url in urls] == [403] * 4
    assert [owner.get(url).status_code for url in urls] == [200] * 4
    compare = reverse("material_compare", args=[first.material_id])
    compared = reviewer.get(compare).content.decode()
    assert "The copy without names could not be made" in compared
    assert reverse("page_image", args=[page.pk]) not in compared
    assert "could not be made" not in owner.get(compare).content.decode()
    said = owner.get(second.get_absolute_url()).content.decode()
    assert "people asked to review this version can open neither its file nor its pages" in said


def test_what_was_drawn_from_the_file_goes_when_the_copy_is_made():
    version = make.version(data=pdf_by_somebody())
    drawings.ready(version, "Words", stripped="")
    rendition = copies.make(version_id=version.pk, at=make.NOW)
    assert not version.page_set.exists()
    assert (rendition.pages, bool(rendition.thumbnail), bool(rendition.stripped)) == (
        0,
        False,
        True,
    )
    Page.objects.create(version=version, number=1, text="Drawn", width=1, height=1)
    copies.make(version_id=version.pk, at=make.NOW)
    assert version.page_set.count() == 1


FILM = {"media_type": MP4.media_type, "original_name": "a.mp4", "pages": None}


def test_a_film_says_that_nothing_is_taken_out_of_it(asked, as_user):
    version = make.version(**FILM)
    drawings.ready(version, stripped="")
    reviewer = as_user(asked).get(version.get_absolute_url()).content.decode()
    owner = as_user(version.material.owner.user).get(version.get_absolute_url()).content.decode()
    assert "The film is shown as it was uploaded" in reviewer
    assert "Reviewers see the film as it was uploaded" in owner
    assert "you read a copy of it" not in reviewer


def test_a_link_says_that_nothing_is_taken_out_of_it(asked, as_user):
    material = make.material()
    link = VersionFacts(language="en", link="https://example.org/page")
    by = material.owner.user
    version = uploads.add_version(material_id=material.pk, facts=link, by=by, at=make.NOW)
    page = as_user(asked).get(version.get_absolute_url()).content.decode()
    assert "nothing is taken out of it: it may name those who made it" in page
    assert "you read a copy of it" not in page


@pytest.mark.parametrize("is_queued", [False, True])
def test_before_the_copy_is_made_reading_writes_nothing_and_says_so(asked, as_user, is_queued):
    version = make.version(data=pdf_by_somebody())
    if is_queued:
        renditions.request(version=version, at=make.NOW)
    before, kept = list(Rendition.objects.values()), default_storage.listdir("")
    reviewer = as_user(asked)

    file = reviewer.get(reverse("version_file", args=[version.pk]))
    page = reviewer.get(version.get_absolute_url()).content.decode()

    assert file.status_code == 403
    assert "The copy without names is being prepared." in file.content.decode()
    assert "The copy that you read is being prepared." in page
    assert "data-pdf-url" not in page
    assert (list(Rendition.objects.values()), default_storage.listdir("")) == (before, kept)


def test_the_copy_is_asked_for_once_and_again_when_it_is_missing_in_the_end():
    version = make.version()
    made = renditions.prepare(version=version, at=make.NOW)
    assert renditions.prepare(version=version, at=make.NOW) == made
    over = {"state": JobState.READY, "finished_at": make.NOW}
    Rendition.objects.update(**over)
    renditions.prepare(version=version, at=make.NOW)
    assert Rendition.objects.get().state == JobState.QUEUED
    Rendition.objects.update(stripped=drawings.stored(b"%PDF-1.7"), **over)
    renditions.prepare(version=version, at=make.NOW)
    assert Rendition.objects.get().state == JobState.READY


@pytest.mark.parametrize("role", [Role.PROJECT_MANAGER, Role.COORDINATOR])
def test_those_who_run_the_project_read_the_file_itself(role, monkeypatch):
    monkeypatch.setattr(readers, "_sources", [])
    readers.register(lambda _user: Version.objects.values("pk"))
    version = make.version()
    assert not reading.gets_copy(version, make.user(role))
    assert not reading.gets_copy(version, version.material.owner.user)
    assert reading.gets_copy(version, make.user(Role.EXPERT))
    assert reading.gets_copy(version, make.user(Role.COORDINATOR, "IT"))


def test_a_page_says_that_it_is_a_copy_with_both_hashes_and_without_names(asked, as_user):
    version = make.version(data=pdf_by_somebody(), original_name=f"guide-{TOKEN}.pdf")
    rendition = copies.make(version_id=version.pk, at=make.NOW)
    page = as_user(asked).get(version.get_absolute_url()).content.decode()
    assert "you read a copy of it" in page
    assert version.sha256 in page
    assert rendition.stripped_sha256 in page
    assert TOKEN not in page
    assert version.uploaded_by.name not in page


def test_names_in_the_text_are_found_in_any_order_and_spelling():
    pages = [(1, "By ROSSI Maria, 2026"), (2, "Maria is here"), (3, "Thanks to  josé\nnúñez!")]
    names = ["Maria Rossi", "José Núñez", "Maria", "Anna Bianchi", "Rossi Mari"]
    assert name_scan.find(names=names, pages=pages) == [
        {"name": "Maria Rossi", "pages": [1]},
        {"name": "José Núñez", "pages": [3]},
    ]


def test_names_found_are_told_to_those_who_can_change_them_and_to_nobody_else(asked, as_user):
    version = make.version()
    drawings.ready(version, names_found=[{"name": TOKEN, "pages": [2]}])
    url = version.get_absolute_url()
    owner = as_user(version.material.owner.user).get(url).content.decode()
    assert TOKEN in owner
    assert "page 2" in owner
    assert TOKEN not in as_user(asked).get(url).content.decode()
    assert DOCX.media_type != version.media_type


def test_names_of_people_are_read_from_the_drawn_pages():
    make.person(name="Maria Rossi")
    version = make.version(translator="Petar Petrov")
    people = name_scan.people_of(version)
    assert {"Maria Rossi", "Petar Petrov", version.material.owner.name} <= set(people)


def test_a_file_of_the_wrong_kind_is_not_stripped():
    with pytest.raises(copies.NoCopy):
        copies.make(version_id=make.version(data=files.word()).pk, at=make.NOW)
