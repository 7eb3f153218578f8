"""The embedded servers, each test with a state folder of its own."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
import redis

from cop_platform import embedded
from cop_platform.embedded import paths, processes
from cop_platform.embedded.paths import CHECKOUT

SELECT_ONE = """
import psycopg2
from cop_platform import embedded
with embedded.serving():
    settings = embedded.database_settings()
    connection = psycopg2.connect(
        host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
    )
    cursor = connection.cursor()
    cursor.execute("SELECT 1")
    print(cursor.fetchone()[0])
"""


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that the servers' account reaches, unlike pytest's own for root."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def environment(folder: Path) -> Iterator[Path]:
    """`folder` as the state folder, no servers named from outside, none left running."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATE_DIR", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("REDIS_URL", raising=False)
        yield folder
        embedded.stop()


@pytest.fixture(scope="module")
def shared_folder() -> Iterator[Path]:
    """One folder for many tests, since making a database takes a second."""
    with own_folder() as folder:
        yield folder


@pytest.fixture
def used(shared_folder: Path) -> Iterator[Path]:
    """A state folder that other tests have used; no server runs."""
    with environment(shared_folder):
        yield shared_folder


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder of the test's own, empty."""
    with own_folder() as folder, environment(folder):
        yield folder


def query(statement: str) -> object:
    """Gives the first value the embedded database answers."""
    settings = embedded.database_settings()
    connection = psycopg2.connect(
        host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
    )
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None
    finally:
        connection.close()


def runs() -> bool:
    """Says whether the embedded PostgreSQL listens."""
    return processes.listens(Path(embedded.database_settings()["HOST"]) / ".s.PGSQL.5432")


def test_start_and_stop_can_be_repeated_and_lose_nothing(used: Path) -> None:
    embedded.start()
    query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
    redis.Redis.from_url(embedded.redis_url()).set("kept", "yes")
    embedded.start()
    embedded.stop()
    embedded.stop()
    assert not runs()

    embedded.start()

    assert query("SELECT answer FROM kept") == 42
    assert redis.Redis.from_url(embedded.redis_url()).get("kept") == b"yes"


def test_servers_are_safe_for_the_product(used: Path) -> None:
    with embedded.serving():
        assert query("SHOW server_encoding") == "UTF8"
        assert query("SHOW listen_addresses") == ""
        assert query("SHOW fsync") == "on"
        query("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        assert query("SELECT lower('ΑΘΉΝΑ')") == "αθήνα"
        assert query("SELECT similarity('Αθήνα', 'αθήνας') > 0.5") is True
        settings = redis.Redis.from_url(embedded.redis_url()).config_get("*")
        assert settings["maxmemory-policy"] == "noeviction"
        assert settings["appendonly"] == "yes"
        assert settings["port"] == "0"
        sockets = Path(embedded.database_settings()["HOST"])
        assert sockets.stat().st_mode & 0o777 == 0o700


def test_start_after_kill_9_recovers_the_data(used: Path) -> None:
    embedded.start()
    query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
    [pid_file] = (used / "state").resolve().glob("postgres-*/postmaster.pid")
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    while runs():
        time.sleep(0.02)

    assert embedded.revive() == ["PostgreSQL"]

    assert query("SELECT answer FROM kept") == 42


def test_pid_file_naming_another_program_is_no_obstacle(used: Path) -> None:
    embedded.start()
    embedded.stop()
    [data] = (used / "state").resolve().glob("postgres-*[0-9]")
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")

    embedded.start()

    assert query("SELECT 1") == 1


def test_two_processes_serve_at_once_and_the_last_one_stops(used: Path) -> None:
    command = [sys.executable, "-c", SELECT_ONE]
    both = [
        subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        for _number in range(2)
    ]

    assert [process.communicate(timeout=60)[0] for process in both] == ["1\n", "1\n"]

    assert not runs()


def test_serving_stops_only_what_nobody_else_needs(used: Path) -> None:
    with embedded.serving():
        with embedded.serving():
            pass
        assert query("SELECT 1") == 1
    assert not runs()

    embedded.start()
    with embedded.serving():
        pass
    assert query("SELECT 1") == 1


def test_servers_named_from_outside_switch_the_embedded_ones_off(state: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", "postgres://elsewhere/cop")
        patch.setenv("REDIS_URL", "redis://elsewhere")
        with embedded.serving():
            assert list(state.iterdir()) == []


def test_settings_are_known_without_starting_anything(state: Path) -> None:
    settings = embedded.database_settings()
    assert settings["HOST"].endswith("/sockets")
    assert embedded.redis_url() == f"unix://{settings['HOST']}/valkey.sock"
    assert embedded.broker_url() == f"redis+socket://{settings['HOST']}/valkey.sock"
    assert list(state.iterdir()) == []


def test_a_long_folder_gets_a_short_socket(state: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATE_DIR", str(state / ("very-long-name-" * 10)))
        assert len(embedded.database_settings()["HOST"] + "/.s.PGSQL.5432") < 107
        with embedded.serving():
            assert query("SELECT 1") == 1
        Path(embedded.database_settings()["HOST"]).rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers under another account")
def test_a_closed_folder_gets_its_state_outside(state: Path) -> None:
    state.chmod(0o700)
    outside = paths.lasting_place().home
    assert outside.parent.name == "cop-platform"
    try:
        with embedded.serving():
            query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
        assert (state / "state").resolve() == outside
        assert outside.stat().st_uid != 0

        # A new checkout at the same path must not find the old one's rows.
        (state / "state").unlink()
        with embedded.serving():
            assert query("SELECT count(*) FROM pg_tables WHERE tablename = 'kept'") == 0
        assert len(list(outside.parent.glob(f"{outside.name}.old-*"))) == 1
    finally:
        subprocess.run(["rm", "-rf", *outside.parent.glob(f"{outside.name}*")], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another account")
def test_a_plain_user_serves_as_well(state: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    account = paths.Account(nobody.pw_uid, nobody.pw_gid)
    os.chown(state, account.uid, account.gid)
    said, code = as_account(account, lambda: str(serve_and_ask()))
    if code == 0:
        assert said == "1"
        assert (state / "state").stat().st_uid == account.uid
    else:
        # A checkout under a closed home is out of reach of anybody else: one sentence says so.
        assert "Permission denied" in said


def serve_and_ask() -> object:
    with embedded.serving():
        return query("SELECT 1")


def as_account(account: paths.Account, work: Callable[[], str]) -> tuple[str, int]:
    """Runs `work` in a child that became `account`; what it gave or how it failed, exit code.

    A fork, because the account may have no Python of its own that finds our packages.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
            os.chdir("/")
            said, code = work(), 0
        except BaseException as error:
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return said, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_throwaway_servers_leave_nothing_behind() -> None:
    with embedded.throwaway() as addresses:
        connection = psycopg2.connect(addresses["DATABASE_URL"])
        with connection.cursor() as cursor:
            cursor.execute("SHOW fsync")
            assert cursor.fetchone() == ("off",)
        connection.close()
        socket = Path(addresses["REDIS_URL"].removeprefix("unix://"))
        assert redis.Redis.from_url(addresses["REDIS_URL"]).ping() is True
    assert not socket.parent.parent.exists()


def test_throwaway_servers_die_with_a_killed_process() -> None:
    code = (
        "import time\n"
        "from cop_platform import embedded\n"
        "with embedded.throwaway() as addresses:\n"
        "    print(addresses['REDIS_URL'], flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        broker = Path(process.stdout.readline().strip().removeprefix("unix://"))
        process.kill()
    give_up = time.monotonic() + 30
    sockets = [broker, broker.parent / ".s.PGSQL.5432"]
    while any(map(processes.listens, sockets)) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert [processes.listens(path) for path in sockets] == [False, False]
    subprocess.run(["rm", "-rf", str(broker.parent.parent)], check=True)
