"""Serves the platform by gunicorn and asks it, counting time here and CPU there."""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Load:
    """What so many requests took: milliseconds, requests per second, bytes after gzip."""

    p50: float
    p95: float
    rps: float
    cpu_ms: float
    size: int


@dataclass(frozen=True)
class Server:
    """A running web server and its workers."""

    port: int
    master: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self) -> float:
        """By the scheduler's own clock; the usual one counts in steps as long as a page takes."""
        nanoseconds = 0
        for pid in self.workers():
            for thread in Path(f"/proc/{pid}/task").iterdir():
                nanoseconds += int((thread / "schedstat").read_text().split()[0])
        return nanoseconds / 1e9

    def memory_mb(self) -> float:
        """The largest worker's resident memory."""
        sizes = []
        for pid in self.workers():
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS"):
                    sizes.append(int(line.split()[1]) / 1024)
        return max(sizes)


@contextmanager
def serving() -> Iterator[Server]:
    """Two sync workers, as in production."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "cop_platform.wsgi:application", "--workers", "2"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket"],
        cwd=ROOT,
    )
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            if ask(port, "/readyz", "")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server does not answer")


def ask(port: int, path: str, cookie: str) -> tuple[int, int]:
    """Status and size of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.status, len(answer.read())
    finally:
        connection.close()


def measure(server: Server, path: str, cookie: str, *, connections: int, requests: int) -> Load:
    """Asks `path` from so many connections at once; every answer must be 200."""
    for _ in range(6):
        ask(server.port, path, cookie)
    times: list[float] = []
    sizes: list[int] = []

    def client() -> None:
        for _ in range(requests // connections):
            begin = time.perf_counter()
            status, size = ask(server.port, path, cookie)
            times.append(1000 * (time.perf_counter() - begin))
            sizes.append(size)
            assert status == 200, f"{path} answered {status}"

    before, begin = server.cpu_seconds(), time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begin
    cpu = 1000 * (server.cpu_seconds() - before) / len(times)
    cuts = statistics.quantiles(times, n=20)
    return Load(statistics.median(times), cuts[-1], len(times) / elapsed, cpu, max(sizes))
