"""A release's way of saying its dataset: number, language, and the version of our templates."""

from __future__ import annotations

from dataclasses import dataclass

# Raised with every change that makes the same dataset give other bytes.
TEMPLATE_VERSION = "3"


@dataclass(frozen=True)
class Edition:
    """`about` is BG, ALL or the cut; `address` is where a reader verifies, "" if there is none."""

    about: str
    number: int
    language: str
    address: str = ""
    template_version: str = TEMPLATE_VERSION

    @property
    def release(self) -> str:
        return f"{self.about} {self.number}"
