"""`manage.py backup` and `restore`: what was saved comes back whole, or nothing changes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from experts.domain import accounts, sender, sending
from experts.enums import MessageState, PauseReason, Role
from experts.models import AuditEvent, Message, Person, SendingPause
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
DATA = b"%PDF-1.7 the guide"
KEY = f"materials/{hashlib.sha256(DATA).hexdigest()[:2]}/{hashlib.sha256(DATA).hexdigest()}"


def run(name: str, *arguments: str) -> tuple[int, dict]:
    """The exit code of a command and the one document it printed."""
    out, code = StringIO(), 0
    try:
        call_command(name, *arguments, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue())


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> Path:
    """A folder of private files of the test's own."""
    folder = tmp_path / "files"
    default = settings.STORAGES["default"] | {"OPTIONS": {"location": str(folder)}}
    settings.STORAGES = settings.STORAGES | {"default": default}
    return folder


@pytest.fixture
def person() -> Person:
    """Somebody with an account, a material with one file, and a mail that is due."""
    someone = make.person(Role.PLATFORM_ADMIN, name="Before")
    make.version(data=DATA)
    accounts.invite(
        by=someone.user,
        cop=make.cop(make.country()),
        role=Role.EXPERT,
        name="New",
        email="new@example.org",
        at=timezone.now(),
    )
    return someone


@pytest.fixture
def saved(person, tmp_path) -> Path:
    """A backup of that world, which then goes on."""
    code, said = run("backup", "--to", str(tmp_path / "backups"))
    assert (code, said["files"], said["damaged"]) == (0, 1, [])
    Person.objects.filter(pk=person.pk).update(name="After")
    make.person(name="Came later")
    Message.objects.update(state=MessageState.SENT)
    default_storage.delete(KEY)
    return Path(said["backup"])


def names() -> set[str]:
    return set(Person.objects.values_list("name", flat=True))


def assert_nothing_changed() -> None:
    assert {"After", "Came later"} <= names()
    assert not default_storage.exists(KEY)
    assert not SendingPause.objects.exists()


def test_the_manifest_says_what_the_parts_are(saved):
    manifest = json.loads((saved / "manifest.json").read_text())
    assert sorted(manifest) == ["created_at", "format", "parts", "postgresql", "schema"]
    assert manifest["schema"]["experts"].startswith("00")
    paths = [part["path"] for part in manifest["parts"]]
    assert paths == ["database.dump", f"files/{KEY}"]
    for part in manifest["parts"]:
        content = (saved / part["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == part["sha256"]
        assert len(content) == part["size"]
    assert saved.stat().st_mode & 0o777 == 0o700


def test_security_40_data_and_files_come_back_and_no_mail_leaves_before_somebody_resumes(
    saved, person, sink
):
    code, said = run("restore", str(saved), "--confirm")

    assert (code, said["restored"], said["files_copied"], said["sending"]) == (0, True, 1, "paused")
    assert "Before" in names()
    assert names().isdisjoint({"After", "Came later"})
    assert default_storage.open(KEY).read() == DATA
    assert SendingPause.objects.get().reason == PauseReason.RESTORE
    assert AuditEvent.objects.filter(deed="sending paused", actor=None).count() == 1

    later = timezone.now() + timedelta(minutes=10)
    assert Message.objects.due(later).count() == 1
    assert sender.send_due(at=later).sent == 0
    sending.resume(by=Person.objects.get(pk=person.pk).user, at=timezone.now())
    assert sender.send_due(at=later).sent == 1
    assert len(sink.mails) == 1


def test_what_the_database_enforces_is_enforced_after_a_restore(saved):
    run("restore", str(saved), "--confirm")
    with pytest.raises(Exception, match="append_only"):
        AuditEvent.objects.update(deed="another")


def test_restoring_twice_gives_the_same(saved):
    assert run("restore", str(saved), "--confirm")[0] == 0
    code, said = run("restore", str(saved), "--confirm")
    assert (code, said["files_copied"]) == (0, 0)
    assert "Before" in names()


def test_without_confirm_it_only_says_what_it_would_do(saved):
    code, said = run("restore", str(saved))
    assert (code, said["restored"], said["files_to_copy"]) == (0, False, 1)
    assert said["migrations_to_run"] == []
    assert_nothing_changed()


def test_a_folder_of_backups_means_the_newest(saved):
    code, said = run("restore", str(saved.parent))
    assert (code, said["backup"]) == (0, str(saved))


def test_files_that_came_later_stay_and_damaged_ones_are_replaced(saved, files):
    later = make.version(data=b"%PDF-1.7 later").file.name
    (files / KEY).parent.mkdir(parents=True, exist_ok=True)
    (files / KEY).write_bytes(DATA[::-1])
    run("restore", str(saved), "--confirm")
    assert (files / later).read_bytes() == b"%PDF-1.7 later"
    assert (files / KEY).read_bytes() == DATA


def test_nobody_is_still_logged_in_after_a_restore(person, client, tmp_path):
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/").status_code == 200
    backup = run("backup", "--to", str(tmp_path / "backups"))[1]["backup"]
    run("restore", backup, "--confirm")
    assert client.get("/").status_code == 302


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("path", ["database.dump", f"files/{KEY}"])
@pytest.mark.parametrize("harm", [_flip, Path.unlink], ids=["flipped", "missing"])
def test_security_40_a_damaged_backup_is_refused(saved, path, harm: Callable[[Path], None]):
    harm(saved / path)
    code, said = run("restore", str(saved), "--confirm")
    assert (code, list(said)) == (2, ["error"])
    assert f"{path} is missing or was changed" in said["error"]
    assert_nothing_changed()


def rewrite(saved: Path, **changes: object) -> None:
    path = saved / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"schema": {"experts": "9999_later"}}, "migration experts.9999_later is not known"),
        ({"schema": {"unheard_of": "0001_initial"}}, "unheard_of.0001_initial is not known"),
        ({"postgresql": 99}, "PostgreSQL 99"),
        ({"format": 2}, "another format"),
        ({"parts": []}, "cannot be read"),
        ({"parts": [{"path": "../x", "sha256": "", "size": 0}]}, "cannot be read"),
        ({"parts": "all"}, "cannot be read"),
        ({"schema": []}, "cannot be read"),
    ],
)
def test_security_40_a_backup_that_does_not_fit_is_refused(saved, changes, reason):
    rewrite(saved, **changes)
    code, said = run("restore", str(saved), "--confirm")
    assert (code, list(said)) == (2, ["error"])
    assert reason in said["error"]
    assert_nothing_changed()


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "\xff"])
def test_a_manifest_that_is_none_is_refused(saved, text):
    (saved / "manifest.json").write_bytes(text.encode("latin-1"))
    code, said = run("restore", str(saved), "--confirm")
    assert (code, "cannot be read" in said["error"]) == (2, True)
    assert_nothing_changed()


@pytest.mark.parametrize("arguments", [[], [""], ["/nowhere"], [__file__], ["x\0y"]])
def test_a_path_without_a_backup_is_a_sentence(arguments):
    code, said = run("restore", *arguments)
    assert (code, said["error"].endswith(".")) == (2, True)


def test_a_dump_that_breaks_off_in_the_middle_changes_no_row(saved):
    dump = saved / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-2_000])
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest["parts"][0] |= {
        "sha256": hashlib.sha256(dump.read_bytes()).hexdigest(),
        "size": dump.stat().st_size,
    }
    rewrite(saved, **manifest)
    code, said = run("restore", str(saved), "--confirm")
    assert (code, list(said)) == (1, ["error"])
    assert {"After", "Came later"} <= names()


def test_a_file_whose_bytes_are_not_what_its_name_says_is_a_finding(person, files, tmp_path):
    (files / KEY).write_bytes(b"rotten")
    os.utime(files / KEY, (0, 0))
    code, said = run("backup", "--to", str(tmp_path / "backups"))
    assert (code, said["damaged"], said["files"]) == (1, [KEY], 0)


def test_uploads_on_their_way_are_left_out(person, files, tmp_path):
    half = files / "incoming" / "abc"
    half.parent.mkdir()
    half.write_bytes(b"half")
    (files / KEY[:-1]).write_bytes(b"of another name")
    said = run("backup", "--to", str(tmp_path / "backups"))[1]
    kept = [p.relative_to(said["backup"]) for p in Path(said["backup"]).rglob("files/**/*")]
    assert Path("files/incoming/abc") not in kept
    assert Path(f"files/{KEY[:-1]}") in kept


@pytest.mark.parametrize("where", ["{files}", "{files}/deeper", "/dev/null/no"])
def test_a_place_no_backup_can_lie_in_is_a_sentence(person, files, where):
    code, said = run("backup", "--to", where.format(files=files))
    assert (code > 0, list(said)) == (True, ["error"])
    assert not list(files.rglob("*.dump"))


# --- another database ---------------------------------------------------------------------------


@contextmanager
def asking(**changes: str) -> Iterator[psycopg2.extensions.cursor]:
    with closing(psycopg2.connect(**connection.get_connection_params() | changes)) as other:
        other.autocommit = True
        with other.cursor() as cursor:
            yield cursor


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The name of a database without a table, owned by an account that is no superuser."""
    name = f"{connection.settings_dict['NAME']}_fresh"
    with asking(dbname="postgres") as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
        cursor.execute(f"CREATE DATABASE {name} OWNER {name}")
    yield name
    with asking(dbname="postgres") as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        cursor.execute(f"DROP ROLE {name}")


def manage(database: str, state: Path, *arguments: str) -> str:
    """Runs a command of manage.py as on another machine; gives what it printed."""
    known = connection.get_connection_params()
    server = urlencode({name: known[name] for name in ("host", "port") if name in known})
    ended = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": f"postgres://{database}:{database}@/{database}?{server}",
            "STATE_DIR": str(state),
        },
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_a_backup_makes_a_new_machine_the_old_one(saved, empty_database, tmp_path):
    said = json.loads(manage(empty_database, tmp_path / "new", "restore", str(saved), "--confirm"))

    assert (said["files_copied"], said["sending"]) == (1, "paused")
    assert (tmp_path / "new" / "files" / KEY).read_bytes() == DATA
    with asking(dbname=empty_database) as cursor:
        cursor.execute("SELECT count(*) FROM experts_person WHERE name = 'Before'")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT reason FROM experts_sendingpause")
        assert cursor.fetchall() == [("restore",)]


def test_security_40_an_older_backup_gets_the_migrations_it_misses_and_is_paused(
    empty_database, tmp_path
):
    state = tmp_path / "old"
    manage(empty_database, state, "migrate", "experts", "0002", "--verbosity", "0")
    saved = json.loads(manage(empty_database, state, "backup"))["backup"]
    manage(empty_database, state, "migrate", "--verbosity", "0")

    said = json.loads(manage(empty_database, state, "restore", saved, "--confirm"))

    assert Path(saved).parent == state / "backups"
    assert "experts.0003_sending_pause" in said["migrations_run"]
    with asking(dbname=empty_database) as cursor:
        cursor.execute("SELECT reason FROM experts_sendingpause")
        assert cursor.fetchall() == [("restore",)]
