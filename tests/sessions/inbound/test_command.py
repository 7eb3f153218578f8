"""`manage.py receive_mail`."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from sessions.domain import (
    mailboxes,
)
from sessions.enums import InboundResult
from sessions.models import InboundMail
from tests.sessions.inbound.world import LATER, reply

pytestmark = pytest.mark.django_db


def run(capsys, *arguments: str) -> tuple[int, object]:
    code = 0
    try:
        call_command("receive_mail", *arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_the_command_reads_files_and_prints_what_became_of_each(soon, tmp_path, capsys):
    files = [tmp_path / "a.eml", tmp_path / "b.eml"]
    files[0].write_bytes(reply(soon))
    files[1].write_bytes(b"Subject: hello\r\n\r\nhello")
    code, printed = run(capsys, "--eml", str(files[0]), "--eml", str(files[1]))
    assert code == 0
    assert [set(entry) for entry in printed] == [
        {"message_id", "method", "uid", "result", "reason"}
    ] * 2
    assert [entry["result"] for entry in printed] == ["applied", "ignored"]
    assert printed[0]["uid"].endswith("@demo.example")


def test_the_command_refuses_bad_input_with_a_sentence(capsys, tmp_path, db):
    for arguments in (["--eml", "/nowhere"], ["--maildir", str(tmp_path)], []):
        code, printed = run(capsys, *arguments)
        assert code == 2
        assert printed["error"]
    assert not InboundMail.objects.exists()


def test_a_maildir_is_emptied_into_cur(soon, tmp_path, capsys):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(reply(soon))
    _code, printed = run(capsys, "--maildir", str(tmp_path))
    assert [entry["result"] for entry in printed] == ["applied"]
    assert [p.name for p in (tmp_path / "cur").iterdir()] == ["1.host:2,S"]
    assert run(capsys, "--maildir", str(tmp_path)) == (0, [])


class FakeServer:
    """The few words of IMAP that are spoken here."""

    seen: list[str] = []
    mails: dict[str, bytes] = {}

    def __init__(self, host, port, *, ssl_context, timeout):
        assert ssl_context.check_hostname

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def login(self, user, password):
        assert (user, password) == ("community", "secret")

    def select(self, folder):
        assert folder == "INBOX"

    def uid(self, verb, *words):
        if verb == "search":
            return "OK", [" ".join(k for k in self.mails if k not in self.seen).encode()]
        if verb == "fetch":
            return "OK", [(b"1 (BODY[] {3}", self.mails[words[0]]), b")"]
        self.seen.append(words[0])
        return "OK", []


def test_imap_reads_what_is_unseen_and_marks_it(soon, settings, monkeypatch):
    settings.IMAP_HOST, settings.IMAP_USER = "imap.example.org", "community"
    settings.IMAP_PASSWORD = "secret"
    monkeypatch.setattr(FakeServer, "mails", {"7": reply(soon)})
    monkeypatch.setattr(FakeServer, "seen", [])
    monkeypatch.setattr(mailboxes.imaplib, "IMAP4_SSL", FakeServer)
    assert [m.result for m in mailboxes.from_imap(at=LATER)] == [InboundResult.APPLIED]
    assert FakeServer.seen == ["7"]
    assert mailboxes.from_imap(at=LATER) == []
