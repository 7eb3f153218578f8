"""Counts what became of the mails of each test, and writes the table of docs/reliability.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.chaos.arena import LONG, ROOT
from tests.smtp import Sink

PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- results -->", "<!-- /results -->"
HEAD = "| what happened | planned | arrived | lost | doubled | allowed |\n|---|---|---|---|---|---|"


@dataclass
class Book:
    """One line for each test."""

    lines: list[str] = field(default_factory=list)

    def check(self, what: str, planned: Iterable[str], sink: Sink, *, may_double: int = 0) -> None:
        """Fails when a planned mail is missing, or more were doubled than kills allow.

        `planned` are Message-IDs. A doubled mail carries the same one; `may_double` counts the
        kills that could fall between the mail server's 250 and the commit.
        """
        wanted = set(planned)
        arrived = Counter(mail["Message-ID"] for mail in sink.mails)
        lost = len(wanted - set(arrived))
        strangers = set(arrived) - wanted
        doubled = sum(arrived.values()) - len(arrived)
        self.lines.append(
            f"| {what} | {len(wanted)} | {len(arrived)} | {lost} | {doubled} | {may_double} |"
        )
        assert lost == 0
        assert strangers == set()
        assert doubled <= may_double

    def write_down(self) -> None:
        """Puts the table into the page; only the long form does, in the order of the tests."""
        if not (LONG and self.lines):
            return
        text = PAGE.read_text()
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        table = "\n".join([HEAD, *self.lines])
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")
