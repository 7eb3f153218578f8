"""Who takes which remarks along: as much as the page shows, called as the page calls it."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.models import JobState
from experts import reference
from experts.enums import Role
from feedback.changes.domain import ledger, refs
from feedback.reviews.domain import change_source, discussion, phases, threads
from feedback.reviews.enums import Blindness, Mark, Phase
from feedback.reviews.models import Annotation
from materials.models import Rendition
from tests import factories as make
from tests.feedback import world
from tests.feedback.remark_export import sheets
from tests.materials import drawings

pytestmark = pytest.mark.django_db

KINDS = ["pdf", "docx", "xlsx"]
NAMES = ["Zoe Hidden", "Yan Hidden", "Xu Hidden"]
QUOTE = "The portfolio shows what a person can do."


class Talk:
    """Three reviews with one remark and one comment each, and the author of the material."""

    def __init__(
        self, step: str = Phase.DISCUSSION, *, marks: int = 1, file=(), rendition=(), **more
    ) -> None:
        self.author = make.person(Role.AUTHOR, name="Ana Author")
        version = make.version(make.material(owner=self.author), **dict(file))
        copy = {"stripped": drawings.stored(sheets.pdf())}
        drawings.ready(version, *sheets.PAGES, **copy | dict(rendition))
        self.round = world.review_round(more.pop("code", "BG"), version=version, **more)
        self.people = [make.person(name=name) for name in NAMES]
        for n, person in enumerate(self.people):
            sent = world.answered(self.round, person, "2", comment=f"Comment {n}.")
            for m in range(marks):
                world.annotated(sent, f"Mark {n}.{m}", quote=QUOTE, mark=Mark.MUST)
        if step != Phase.INDEPENDENT:
            world.gone_on(self.round, step)
        self.url = reverse("round_remarks", args=[self.round.pk])
        self.desk = reverse("review_remarks", args=[sent.pk])


def taken(client, url: str, kind: str) -> bytes:
    answer = client.post(url, {"kind": kind})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def read(content: bytes) -> str:
    """All that a file holds, packed or not, as one text."""
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
            packed = b"\n".join(one.read_bytes() for one in streams if _is_plain(one))
            said = [str(thing) for thing in pdf.objects if isinstance(thing, pikepdf.String)]
        notes = [f"{note.who} {note.contents}" for note in sheets.notes(content)]
        return " ".join([sheets.text_of(content), *notes, *said, packed.decode("latin-1")])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def _is_plain(stream: pikepdf.Stream) -> bool:
    return str(stream.get("/Filter", "/FlateDecode")) == "/FlateDecode"


# Who they are to the round, the blind mode, the step; what they read: None for no page at all,
# else whether remarks are read, and whether names stand beside them.
MATRIX = [
    ("reviewer", Blindness.BOTH, Phase.INDEPENDENT, (False, False)),
    ("reviewer", Blindness.BOTH, Phase.DISCUSSION, (True, False)),
    ("reviewer", Blindness.FROM_AUTHORS, Phase.DISCUSSION, (True, True)),
    ("reviewer", Blindness.OPEN, Phase.DISCUSSION, (True, True)),
    ("author", Blindness.BOTH, Phase.DISCUSSION, None),
    ("author", Blindness.BOTH, Phase.RESPONSE, (True, False)),
    ("author", Blindness.FROM_EACH_OTHER, Phase.RESPONSE, (True, True)),
    ("coordinator", Blindness.BOTH, Phase.INDEPENDENT, (False, False)),
    ("coordinator", Blindness.BOTH, Phase.DISCUSSION, (True, False)),
    ("coordinator", Blindness.OPEN, Phase.DISCUSSION, (True, True)),
    ("coordinator abroad", Blindness.OPEN, Phase.DISCUSSION, None),
    ("expert", Blindness.OPEN, phases.CLOSED, None),
    ("partner", Blindness.OPEN, phases.CLOSED, None),
    ("admin", Blindness.OPEN, phases.CLOSED, None),
]


def looker(talk: Talk, who: str):
    return {
        "reviewer": lambda: talk.people[0].user,
        "author": lambda: talk.author.user,
        "coordinator": lambda: talk.round.opened_by.user,
        "coordinator abroad": lambda: make.user(Role.COORDINATOR, "IT"),
        "expert": make.user,
        "partner": lambda: make.user(Role.PARTNER),
        "admin": lambda: make.user(Role.PLATFORM_ADMIN),
    }[who]()


@pytest.mark.parametrize(("who", "blindness", "step", "expected"), MATRIX)
def test_everybody_takes_along_what_the_discussion_shows_them(
    as_user, who, blindness, step, expected
):
    talk = Talk(step, blindness=blindness)
    client = as_user(looker(talk, who))
    page = client.get(talk.url)
    shown = client.get(reverse("round_discussion", args=[talk.round.pk]))
    assert page.status_code == shown.status_code == (404 if expected is None else 200)
    if expected is None:
        assert client.post(talk.url, {"kind": "docx"}).status_code == 404
        return
    reads, names = expected
    assert (talk.url in shown.content.decode()) == reads
    if not reads:
        answer = client.post(talk.url, {"kind": "docx"})
        assert "no remark here" in answer.content.decode()
        assert "Mark 0" not in answer.content.decode()
        return
    for kind in KINDS:
        said = read(taken(client, talk.url, kind))
        assert all(f"Mark {n}.0" in said and f"Comment {n}." in said for n in range(3))
        assert [name for name in NAMES if name in said] == (NAMES if names else [])
        assert ("Reviewer 2" in said) != names


@pytest.mark.parametrize("step", [Phase.INDEPENDENT, Phase.DISCUSSION])
def test_from_the_own_review_only_the_own_remarks_are_taken_and_by_their_writer_alone(
    as_user, step
):
    talk = Talk(step)
    for kind in KINDS:
        said = read(taken(as_user(talk.people[2].user), talk.desk, kind))
        assert "Mark 2.0" in said
        assert "Comment 2." in said
        assert "Mark 0.0" not in said
        assert not [name for name in NAMES if name in said]
        assert not re.search(r"Reviewer \d", said)
    for other in (talk.people[0].user, talk.round.opened_by.user, talk.author.user, make.user()):
        assert as_user(other).get(talk.desk).status_code == 404
        assert as_user(other).post(talk.desk, {"kind": "docx"}).status_code == 404


def test_remarks_that_are_still_drafts_are_their_writers_alone(as_user):
    talk = Talk(Phase.INDEPENDENT)
    writer = make.person()
    draft = world.assigned(talk.round, writer)
    world.annotated(draft, "Still thinking.")
    own = taken(as_user(writer.user), reverse("review_remarks", args=[draft.pk]), "docx")
    assert "Still thinking." in read(own)
    world.gone_on(talk.round, Phase.DISCUSSION)
    assert "Still thinking." not in read(taken(as_user(talk.people[0].user), talk.url, "docx"))


def test_no_file_tells_which_reader_took_it_or_when(as_user):
    talk = Talk()
    readers = [as_user(person.user) for person in talk.people[:2]]
    for kind in KINDS:
        one, other = (taken(client, talk.url, kind) for client in readers)
        assert one == other


def test_lesson_35_hypothesis_5864_who_does_not_know_which_file_to_take_gets_the_pdf(as_user):
    talk = Talk()
    client = as_user(talk.people[0].user)
    page = client.get(talk.url).content.decode()
    assert re.search(r'value="pdf"[^>]* checked', page)
    assert all(words in page for words in ("To read", "To work on", "to count"))
    made = taken(client, talk.url, "pdf")
    found = sheets.notes(made)
    assert [note.kind for note in found] == ["/Highlight"] * 3
    assert {sheets.under(made, note.page, quad) for note in found for quad in note.quads} == {QUOTE}
    for kind in ("docx", "xlsx"):
        assert "Mark 1.0" in read(taken(client, talk.url, kind))


def test_what_became_of_a_remark_and_what_was_answered_goes_along(as_user):
    talk = Talk(Phase.RESPONSE)
    mark = Annotation.objects.get(text="Mark 0.0")
    discussion.reply(
        round_id=talk.round.pk,
        kind=threads.ANNOTATION,
        key=mark.pk,
        text="We shall name the mentor.",
        by=talk.author.user,
        at=make.NOW,
    )
    ref = refs.of(change_source.ANNOTATION, mark.pk, talk.round.version_id)
    ledger.raise_of_comment(
        kind=change_source.ANNOTATION, ref=ref, by=talk.round.opened_by.user, at=make.NOW
    )
    content = taken(as_user(talk.author.user), talk.url, "docx")
    (table,) = docx.Document(io.BytesIO(content)).tables
    (row,) = [
        [cell.text for cell in row.cells] for row in table.rows if "Mark 0.0" in row.cells[2].text
    ]
    assert row[7] == "Not decided yet\nAna Author (Author): We shall name the mentor."


def test_an_author_takes_no_score_along(as_user):
    talk = Talk(Phase.RESPONSE)
    for who, told in ((talk.author.user, False), (talk.people[0].user, True)):
        content = taken(as_user(who), talk.url, "docx")
        (table,) = docx.Document(io.BytesIO(content)).tables
        meant = [row.cells[4].text for row in table.rows if "Comment" in row.cells[2].text]
        assert [bool(text) for text in meant] == [told] * 3


PICTURE = {"media_type": "image/png", "original_name": "map.png", "pages": None}
NO_PDF = [
    (PICTURE, {}, "no pages"),
    (drawings.WORD, {}, "no pages"),
    ({}, {"stripped": ""}, "could not be made"),
    ({}, {"stripped": "", "state": JobState.RUNNING, "finished_at": None}, "being prepared"),
]


@pytest.mark.parametrize(("file", "rendition", "why"), NO_PDF)
def test_a_version_without_a_pdf_says_so_and_offers_the_table(as_user, file, rendition, why):
    talk = Talk(file=file)
    Rendition.objects.filter(version=talk.round.version).update(**{"pages": 1} | rendition)
    client = as_user(talk.people[0].user)
    page = client.get(talk.url).content.decode()
    assert why in page
    assert re.search(r'value="docx"[^>]* checked', page)
    answer = client.post(talk.url, {"kind": "pdf"})
    assert answer["Content-Type"].startswith("text/html")
    assert why in answer.content.decode()
    assert "Mark 1.0" in read(taken(client, talk.url, "docx"))


def test_who_may_not_open_the_version_gets_its_remarks_without_its_pages(as_user):
    talk = Talk(Phase.INDEPENDENT, code=None)
    world.panelled(talk.round, code="IT")
    world.gone_on(talk.round, Phase.DISCUSSION)
    client = as_user(make.user(Role.COORDINATOR, "IT"))
    assert "not open to you" in client.post(talk.url, {"kind": "pdf"}).content.decode()
    said = read(taken(client, talk.url, "docx"))
    assert "Comment 0 of IT." in said
    assert "Mark 0.0" not in said


def test_an_office_file_is_taken_as_the_pdf_that_it_became(as_user):
    made = {"pdf": drawings.stored(sheets.pdf()), "stripped": drawings.stored(b"a plan")}
    talk = Talk(file=drawings.WORD, rendition=made)
    assert len(sheets.notes(taken(as_user(talk.people[0].user), talk.url, "pdf"))) == 3


@pytest.mark.parametrize("kind", ["", "exe", "PDF", "pdf\n"])
def test_another_kind_of_file_is_a_sentence_beside_the_choice(as_user, kind):
    talk = Talk()
    answer = as_user(talk.people[0].user).post(talk.url, {"kind": kind})
    assert answer.status_code == 200
    assert "error-kind" in answer.content.decode()


def test_one_remark_and_three_of_each_take_the_same_queries(as_user):
    reference.countries()
    counted = []
    for marks in (1, 3):
        talk = Talk(marks=marks)
        client = as_user(talk.people[0].user)
        client.get(talk.url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            taken(client, talk.url, "pdf")
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 20


def test_a_request_that_is_not_accepted_opens_no_file(as_user):
    person = make.person()
    asked = world.assigned(world.review_round(accept_first=True), person)
    url = reverse("review_remarks", args=[asked.pk])
    for answer in (as_user(person.user).get(url), as_user(person.user).post(url, {"kind": "pdf"})):
        assert answer.status_code == 302
        assert answer.url == asked.get_absolute_url()
