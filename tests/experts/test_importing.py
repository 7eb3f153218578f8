"""Importing experts: every bad cell is named, and all rows are written or none."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common.refusals import Refused
from experts.domain import importing, sheets
from experts.enums import Role
from experts.forms.importing import ConfirmImportForm
from experts.models import AuditEvent, Expert, ImportRun, Membership, Person
from tests import factories as make

pytestmark = pytest.mark.django_db

HEADER = "name,email,country,roles,years,groups,languages,zone"
ELENA = "Elena Petrova,elena@example.org,BG,case_worker;Legal adviser,12,Women;families,bg;English,"
NIKOS = "Nikos,NIKOS@example.org,GR,Psychologist,0,,el,Europe/Rome"


@pytest.fixture(autouse=True)
def _countries():
    for code in ("BG", "EL", "IT"):
        make.country(code)


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode()


def xlsx(*rows: list, header: str = HEADER) -> bytes:
    book = openpyxl.Workbook()
    for row in [header.split(","), *rows]:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def command(tmp_path, capsys, data: bytes, *flags: str) -> tuple[int, dict]:
    file = tmp_path / "experts.csv"
    file.write_bytes(data)
    return run_command(capsys, str(file), *flags)


def run_command(capsys, *arguments: str) -> tuple[int, dict]:
    code = 0
    try:
        call_command("import_experts", *arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(capsys.readouterr().out)


def findings(data: bytes, by=None) -> list[tuple[int, str, str]]:
    checked = importing.check(sheets.read(data), by)
    return [(e.row, e.column, e.message) for e in checked.errors]


def test_the_command_looks_first_and_writes_nothing(tmp_path, capsys):
    people = Person.objects.count()
    code, out = command(tmp_path, capsys, csv(ELENA, NIKOS))
    assert (code, out) == (0, {"rows": 2, "valid": 2, "created": 0, "updated": 0, "errors": []})
    assert Person.objects.count() == people
    assert not AuditEvent.objects.filter(deed="experts imported").exists()


def test_the_command_writes_with_confirm_and_brings_up_to_date_the_second_time(tmp_path, capsys):
    code, out = command(tmp_path, capsys, csv(ELENA, NIKOS), "--confirm")
    assert (code, out["created"], out["updated"]) == (0, 2, 0)
    elena = Person.objects.get(email="elena@example.org")
    assert (elena.name, elena.country.code, elena.zone) == ("Elena Petrova", "BG", "Europe/Sofia")
    assert elena.languages == ["bg", "en"]
    expert = elena.expert
    assert (expert.profession, expert.years) == ("case_worker", 12)
    assert expert.groups == ["women", "families"]
    nikos = Person.objects.get(email="nikos@example.org")
    assert (nikos.country.code, nikos.zone, nikos.language) == ("EL", "Europe/Rome", "el")
    assert [m.role for m in nikos.memberships.current()] == [Role.EXPERT]

    changed = ELENA.replace("12", "13").replace("elena@", "ELENA@")
    code, out = command(tmp_path, capsys, csv(changed, NIKOS), "--confirm")
    assert (code, out["created"], out["updated"]) == (0, 0, 2)
    assert Expert.objects.get(person=elena).years == 13
    assert Membership.objects.filter(person=elena).count() == 1


def test_a_list_leaves_the_last_day_of_who_leaves_soon_as_it_is(tmp_path, capsys):
    command(tmp_path, capsys, csv(ELENA, NIKOS), "--confirm")
    elena, nikos = (Person.objects.get(email=f"{name}@example.org") for name in ("elena", "nikos"))
    make.ends(elena, 20)
    make.ends(nikos)

    command(tmp_path, capsys, csv(ELENA, NIKOS), "--confirm")

    last = timezone.now().date() + timedelta(days=20)
    assert list(elena.memberships.values_list("left_on", flat=True)) == [last]
    assert [nikos.memberships.count(), nikos.memberships.current().count()] == [2, 1]


def test_one_bad_cell_and_nothing_is_written(tmp_path, capsys):
    people = Person.objects.count()
    bad = "Someone,not-an-address,BG,case_worker,99,,,"
    code, out = command(tmp_path, capsys, csv(ELENA, bad), "--confirm")
    assert code == 1
    assert (out["rows"], out["valid"], out["created"], out["updated"]) == (2, 1, 0, 0)
    assert [(e["row"], e["column"], e["value"]) for e in out["errors"]] == [
        (3, "email", "not-an-address"),
        (3, "years", "99"),
    ]
    assert Person.objects.count() == people


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", "<b>Bold</b>", "A name has no links"),
        ("name", '=HYPERLINK("http://evil.example")', "begins like a formula"),
        ("name", "@SUM(1)", "begins like a formula"),
        ("name", "A\x00B", "cannot be stored"),
        ("name", "x" * 1_000_000, "shorten this to 500"),
        ("name", "x" * 130, "shorten this to 120"),
        ("email", "", "not an e-mail address"),
        ("email", "a@b", "not an e-mail address"),
        ("country", "XX", "Write one of these codes: BG, EL, IT."),
        ("country", "", "Write one of these codes"),
        ("roles", "", "must not be empty"),
        ("roles", "wizard", "“wizard” is not known"),
        ("years", "-1", "from 0 to 70"),
        ("years", "71", "from 0 to 70"),
        ("years", "2.5", "from 0 to 70"),
        ("years", "١٢", "from 0 to 70"),
        ("groups", "women;martians", "“martians” is not known"),
        ("languages", "Klingon", "“Klingon” is not known"),
        ("zone", "Mars/Base", "time zone such as Europe/Athens"),
        ("zone", "GTB Standard Time", "time zone such as Europe/Athens"),
    ],
)
def test_each_bad_cell_is_named_by_row_and_column(column, value, sentence):
    row = dict(zip(HEADER.split(","), ELENA.split(","), strict=True)) | {column: value}
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in row.values())
    ((number, found, message),) = findings(csv(NIKOS, quoted))
    assert (number, found) == (3, column)
    assert sentence in message


def test_an_address_stands_in_the_list_once_in_any_case():
    twice = NIKOS.replace("NIKOS", "nikos")
    assert findings(csv(NIKOS, "", twice)) == [(4, "email", "This address is in row 2 already.")]


def test_letters_that_are_not_utf_8_are_named_by_cell():
    data = csv(NIKOS, ELENA.replace("Elena", "Elène")).decode().encode("latin-1")
    ((row, column, message),) = findings(data)
    assert (row, column) == (3, "name")
    assert "CSV UTF-8" in message


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + csv(NIKOS),
        csv(NIKOS).replace(b",", b";"),
        csv(NIKOS).replace(b",", b"\t"),
        csv(NIKOS).replace(b"\n", b"\r\n") + b"\r\n\r\n",
        csv(NIKOS).decode().encode("utf-16"),
        csv("zone,Psychologist,0,,el,GR,n@example.org,Nikos").replace(
            HEADER.encode() + b"\nzone", b"zone,roles,years,groups,languages,country,email,name\n"
        ),
    ],
    ids=["BOM", "semicolons", "tabs", "CRLF", "UTF-16", "another order"],
)
def test_lists_as_other_programs_save_them_are_read(data):
    checked = importing.check(sheets.read(data), None)
    assert (checked.errors, checked.rows) == ([], 1)
    assert checked.valid[0].name == "Nikos"


def test_an_excel_list_with_numbers_and_a_formula():
    good = ["Nikos", "n@example.org", "GR", "Psychologist", 7.0, None, "el", None]
    bad = ["=1+1", "m@example.org", "GR", "Psychologist", 7, None, "el", None]
    assert findings(xlsx(good)) == []
    ((row, column, message),) = findings(xlsx(good, bad))
    assert (row, column) == (3, "name")
    assert "formula" in message


def test_missing_and_unknown_columns_are_named():
    found = findings(csv("a,b,c", header="name,email,shoe size"))
    assert (1, "country", "This column is missing.") in found
    assert (1, "shoe size", "This column is not known, or is there twice.") in found


def zip_of(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n\n  \n", "The file is empty."),
        (b"just words", "must name the columns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "must name the columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "Save the list as .xlsx"),
        (b"x" * (sheets.MAX_BYTES + 1), "larger than 5 MB"),
        (csv(*[","] * (sheets.MAX_ROWS + 2)), "more than 5000 rows"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (zip_of(xl__workbook=b"<a/>"), "cannot be read"),
        (zip_of(xl__sheet=b" " * 40_000_000), "unpacks to too much"),
        (zip_of(xl__w=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "cannot be read"),
        (zip_of(**{f"part{n}": b"" for n in range(600)}), "unpacks to too much"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(tmp_path, capsys, data, sentence):
    code, out = command(tmp_path, capsys, data, "--confirm")
    assert code == 2
    assert sentence in out["error"]


def test_a_missing_file_is_bad_input(capsys):
    assert run_command(capsys, "/nowhere/at all.csv") == (
        2,
        {"error": "The file cannot be opened."},
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.lists(st.text(max_size=40), min_size=8, max_size=8),
    noise=st.binary(max_size=60),
)
def test_nothing_typed_into_a_list_breaks_the_check(cells, noise):
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    data = HEADER.encode() + b"\n" + row.encode("utf-8", "surrogatepass") + b"\n" + noise
    try:
        outcome = importing.preview(importing.check(sheets.read(data), None))
    except sheets.Unreadable:
        return
    json.dumps(outcome.as_json()).encode()


def people_rows(number: int) -> list[str]:
    return [f"Person {n},p{number}.{n}@example.org,BG,researcher,1,,en," for n in range(number)]


def test_three_and_three_hundred_rows_take_the_same_number_of_queries():
    counts = []
    for number in (3, 300):
        table = sheets.read(csv(*people_rows(number)))
        with CaptureQueriesContext(connection) as queries:
            importing.run(table=table, by=None, at=make.NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_list_that_fails_half_way_leaves_nobody(monkeypatch):
    people = Person.objects.count()

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(importing, "_write_memberships", fail)
    with pytest.raises(RuntimeError):
        importing.run(table=sheets.read(csv(ELENA)), by=None, at=make.NOW)
    assert Person.objects.count() == people


@pytest.mark.parametrize(
    ("role", "code", "sentence"),
    [
        (Role.COORDINATOR, "BG", ""),
        (Role.PROJECT_MANAGER, "BG", ""),
        (Role.COORDINATOR, "IT", "countries you coordinate only"),
    ],
)
def test_coordinators_import_people_of_their_own_country(role, code, sentence):
    found = findings(csv(ELENA), make.user(role, code))
    assert [message for *_rest, message in found if sentence not in message] == []
    assert bool(found) == bool(sentence)


def test_a_person_of_another_country_is_out_of_a_coordinators_reach():
    make.person(code="IT", account=False, email="elena@example.org")
    found = findings(csv(ELENA), make.user(Role.COORDINATOR, "BG"))
    assert found == [(2, "email", "This address belongs to somebody of another country.")]


@pytest.mark.parametrize("role", [Role.EXPERT, Role.PARTNER, Role.FACILITATOR, Role.AUTHOR])
def test_nobody_else_imports(role):
    with pytest.raises(Refused):
        importing.run(table=sheets.read(csv(ELENA)), by=make.user(role), at=make.NOW)


def upload(client, data: bytes, name: str = "list.csv"):
    return client.post(reverse("person_import"), {"file": SimpleUploadedFile(name, data)})


def test_the_page_shows_every_bad_cell_and_then_what_would_be_imported(as_user):
    client = as_user(make.user(Role.COORDINATOR, "BG"))
    bad = upload(client, csv(ELENA.replace("12", "many")))
    assert "<td>years</td><td><bdi>many</bdi></td>" in bad.content.decode()
    shown = upload(client, xlsx(ELENA.split(",")), "list.xlsx")
    assert "Import 1 person" in shown.content.decode()
    assert not Person.objects.filter(email="elena@example.org").exists()


def test_a_list_that_is_forged_borrowed_or_old_is_not_written(as_user, monkeypatch):
    coordinator = make.user(Role.COORDINATOR, "BG")
    sealed = upload(as_user(coordinator), csv(ELENA)).context["sealed"]
    other = as_user(make.user(Role.COORDINATOR, "BG"))
    for value in (sealed, sealed[:-3] + "abc", "x", ""):
        page = other.post(reverse("person_import"), {"sealed": value}, follow=True)
        assert "too old" in page.content.decode()
    monkeypatch.setattr(ConfirmImportForm, "_VALID_FOR", -1)
    own = as_user(coordinator).post(reverse("person_import"), {"sealed": sealed}, follow=True)
    assert "too old" in own.content.decode()
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe" * 50, b"PK\x03\x04" + b"\x00" * 90])
def test_hostile_files_get_a_sentence_on_the_page(as_user, data):
    client = as_user(make.user(Role.COORDINATOR, "BG"))
    page = upload(client, data)
    assert page.status_code == 200
    assert page.context["form"].errors or page.context["errors"]
    assert client.post(reverse("person_import"), {}).context["form"].errors


def test_an_import_leaves_one_deed_a_country_without_a_name():
    importing.run(table=sheets.read(csv(ELENA)), by=None, at=timezone.now())
    event = AuditEvent.objects.get(deed="experts imported")
    assert (event.country.code, event.detail, event.actor) == ("BG", {"people": 1}, None)
