"""The demo's mailbox, spoken to by real SMTP."""

from __future__ import annotations

import os
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from cop_platform import mailbox
from cop_platform.embedded.paths import CHECKOUT


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    return tmp_path


@contextmanager
def running_mailbox() -> Iterator[int]:
    """Runs the mailbox as the demo does and gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = os.environ | {"EMAIL_PORT": str(port)}
    command = [sys.executable, "-m", "cop_platform.mailbox"]
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()
    assert process.returncode == 0


def wait_for(port: int) -> None:
    """Waits until the port takes connections."""
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def send(port: int, subject: str) -> None:
    """Sends one mail to two people, one of them hidden."""
    message = EmailMessage()
    message["From"] = "community@demo.example"
    message["To"] = "expert.bg-01@demo.example"
    message["Subject"] = subject
    message.set_content("Уважаеми колеги,\n.\nline after a lone dot\n")
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.send_message(message, to_addrs=["expert.bg-01@demo.example", "hidden@demo.example"])


def test_stores_each_mail_and_counts_on_after_a_restart(state: Path) -> None:
    with running_mailbox() as port:
        send(port, "Първа покана")
        send(port, "دعوة")
    with running_mailbox() as port:
        send(port, "Third")

    mails = mailbox.list_mails()

    assert [mail.number for mail in mails] == [3, 2, 1]
    assert [mail.subject for mail in mails] == ["Third", "دعوة", "Първа покана"]
    assert mails[0].recipients == "expert.bg-01@demo.example, hidden@demo.example"
    assert mails[0].sender == "community@demo.example"
    assert sorted(path.name for path in mailbox.folder().iterdir()) == ["1.eml", "2.eml", "3.eml"]


def test_keeps_the_raw_mail(state: Path) -> None:
    number = mailbox.store_mail(b"Subject: x\r\n\r\nbody\r\n", ["a@demo.example"])
    assert mailbox.read_mail(number) == (
        b"X-Envelope-To: a@demo.example\r\nSubject: x\r\n\r\nbody\r\n"
    )


def test_gives_nothing_where_there_is_nothing(state: Path) -> None:
    assert mailbox.list_mails() == []
    assert mailbox.read_mail(1) is None


def test_a_broken_mail_does_not_hide_the_others(state: Path) -> None:
    mailbox.store_mail(b"\xff\xfe no header at all", [])
    mailbox.store_mail(b"Subject: =?utf-8?b?broken\r\nFrom: <<>>@@\r\n\r\n", ["x@demo.example"])
    assert [mail.number for mail in mailbox.list_mails()] == [2, 1]
