"""The dataset goes through its JSON unharmed, and is refused when it is not whole."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.sections import Part, Profile, Section
from feedback.reports.domain import facts
from feedback.reports.domain.facts import Dataset, NotADataset


@dataclass(frozen=True)
class Counted:
    """Facts of a section that only these tests have."""

    numbers: tuple[int, ...]
    share: float | None


@pytest.fixture
def dataset(monkeypatch) -> Dataset:
    monkeypatch.setattr(sections, "_registered", {})
    sections.register(
        Section(
            key="counted",
            order=10,
            part=Part.CHAPTER,
            title=lambda: "Counted",
            facts=Counted,
            collect=lambda scope: Counted((), None),
        )
    )
    return Dataset(
        project="Portfolios",
        acronym="PORT",
        name="",
        countries=(),
        partners=(),
        start="2026-01-01",
        end="2026-12-31",
        profile=Profile.AGENCY,
        newest_row="2026-11-20",
        funding=None,
        plan=(),
        sections={"counted": Counted((3, 1), 0.83)},
    )


def test_what_was_written_is_read_again(dataset):
    written = facts.to_json(dataset)

    assert facts.from_json(written) == dataset
    assert facts.to_json(facts.from_json(written)) == written


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "validation-report/1"),
        (["sections", "counted", "numbers"], ["three"]),
        (["sections", "unknown"], {}),
        (["profile"], "everybody"),
    ],
)
def test_half_a_dataset_is_refused(dataset, path, value):
    held = json.loads(facts.to_json(dataset))
    inner = held
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    with pytest.raises(NotADataset):
        facts.from_json(json.dumps(held).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"sections": 1}'])
def test_bytes_that_are_no_dataset_are_refused(dataset, content):
    with pytest.raises(NotADataset):
        facts.from_json(content)


def test_the_schema_names_every_section(dataset):
    schema = facts.json_schema()

    assert schema["$defs"]["Dataset"]["properties"]["sections"]["properties"].keys() == {"counted"}
