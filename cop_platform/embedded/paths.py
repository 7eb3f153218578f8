"""Where the two servers live and which account they run under.

The ordinary place is `<checkout>/var/state` (STATE_DIR replaces `<checkout>/var`). PostgreSQL
refuses to run as root, so root starts the servers as `postgres` or `nobody`. Where that account
cannot walk to the ordinary place, for instance below a home folder with mode 0700, they live in
`/var/lib/cop-platform/<hash of the state folder's path>` and `var/state` is a link to it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

CHECKOUT = Path(__file__).resolve().parents[2]
# sun_path holds 108 bytes on Linux and 104 on macOS, the closing NUL included.
SOCKET_PATH_LIMIT = 103
LONGEST_SOCKET = ".s.PGSQL.5432"


class EmbeddedError(Exception):
    """A server cannot be started here; the message says why in one sentence."""


class PopenAccount(TypedDict, total=False):
    """The keywords of subprocess that change the account of a child."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The account the servers run under."""

    uid: int
    gid: int

    def popen_keywords(self) -> PopenAccount:
        """Gives what subprocess needs to become this account; nothing unless we are root."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_pass(self, folder: Path) -> bool:
        """Says whether this account may walk through `folder`."""
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & 0o100)
        if status.st_gid == self.gid:
            return bool(status.st_mode & 0o010)
        return bool(status.st_mode & 0o001)

    def reaches(self, path: Path) -> bool:
        """Says whether this account may walk to `path` through all folders that exist today."""
        return all(self.may_pass(parent) for parent in path.parents if parent.exists())


@dataclass(frozen=True)
class Place:
    """One pair of servers: their folder, the folder of their sockets and their account."""

    home: Path
    sockets: Path
    account: Account

    def create(self) -> None:
        """Makes both folders, private to the servers' account."""
        for folder in (self.home, self.sockets):
            _private_folder(folder, self.account)


def state_dir() -> Path:
    """Gives the folder of everything that lasts: STATE_DIR, else `<checkout>/var`."""
    return Path(os.environ.get("STATE_DIR") or CHECKOUT / "var").resolve()


def lasting_place() -> Place:
    """Gives the place of this checkout's servers; creates nothing."""
    home, account = _home_and_account(state_dir() / "state")
    return Place(home, _sockets_folder(home, account), account)


def abandoned_place() -> Place | None:
    """Gives the place outside that an earlier checkout at this path left, None without one.

    Its link went with the checkout, and so did the files its database speaks of.
    """
    place = lasting_place()
    link = state_dir() / "state"
    return None if place.home == link or link.is_symlink() or not place.home.exists() else place


def open_lasting_place() -> Place:
    """Creates the place of this checkout's servers, with the link to it where it lies outside."""
    place = lasting_place()
    link = state_dir() / "state"
    if place.home != link and not link.is_symlink():
        place.home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        link.symlink_to(place.home)
    place.create()
    return place


def wheel_folder(package: str) -> Path | None:
    """Gives the folder of an installed package without importing it, None when it is missing."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))).resolve()


def reachable_copy(folders: list[Path], version: str, place: Place) -> Path:
    """Gives a folder with all `folders` side by side that the servers' account can reach.

    That is their own parent where possible, else a copy below the servers' home, made once per
    `version`.
    """
    if place.account.reaches(folders[0] / "any"):
        return folders[0].parent
    copy = place.home / "binaries" / version
    if not copy.exists():
        shutil.rmtree(copy.parent / f"{version}.new", ignore_errors=True)
        for folder in folders:
            shutil.copytree(folder, copy.parent / f"{version}.new" / folder.name, symlinks=True)
        (copy.parent / f"{version}.new").rename(copy)
    return copy


def _home_and_account(inside: Path) -> tuple[Path, Account]:
    home = inside.resolve()
    if os.geteuid() != 0:
        account = Account(os.geteuid(), os.getegid())
        if home.exists() and home.stat().st_uid != account.uid:
            raise EmbeddedError(
                f"The servers' data in {home} belongs to another account: "
                "run this as that account or as root, or set STATE_DIR to another folder."
            )
        return home, account
    if home.exists() and home.stat().st_uid != 0:
        return home, Account(home.stat().st_uid, home.stat().st_gid)
    account = _account_for_root()
    if inside.is_symlink() or account.reaches(inside):
        return home, account
    return _outside(inside), account


def _account_for_root() -> Account:
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL refuses to run as root and there is no account `postgres` or `nobody`: "
        "run this as another account."
    )


def _outside(inside: Path) -> Path:
    # /var/tmp survives a restart of the machine as well; it serves where /var/lib is read-only.
    parent = "/var/lib" if os.access("/var/lib", os.W_OK) else "/var/tmp"
    return Path(parent) / "cop-platform" / _short_hash(inside.parent)


def _sockets_folder(home: Path, account: Account) -> Path:
    folder = home / "sockets"
    if len(os.fsencode(folder / LONGEST_SOCKET)) <= SOCKET_PATH_LIMIT:
        return folder
    return Path("/tmp") / f"cop-{account.uid}-{_short_hash(home)}"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _private_folder(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = folder.lstat().st_uid
    # A folder in a place open to everybody may have been put there by somebody else.
    if folder.is_symlink() or owner not in {0, os.geteuid(), account.uid}:
        raise EmbeddedError(f"The folder {folder} belongs to another account; remove it first.")
    if os.geteuid() == 0:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
