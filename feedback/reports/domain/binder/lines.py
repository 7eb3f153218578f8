"""A binder before it is drawn: lines in groups, each with its evidence, as page, table and file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One statement. `url` leads to its evidence, `sha256` is the hash of a file behind it.

    `gap` marks what an auditor would miss.
    """

    what: str
    said: str
    url: str = ""
    sha256: str = ""
    gap: bool = False


@dataclass(frozen=True)
class Group:
    """Lines that answer one question."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Binder:
    """Everything about one result; `day` (ISO) is the last day that counts."""

    code: str
    title: str
    day: str
    groups: tuple[Group, ...]

    @property
    def gaps(self) -> int:
        return sum(line.gap for group in self.groups for line in group.lines)

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """Each file that is evidence, by its hash and what it is; once each, sorted."""
        found = {
            (line.sha256, f"{line.what}: {line.said}")
            for group in self.groups
            for line in group.lines
            if line.sha256
        }
        return tuple(sorted(found))
