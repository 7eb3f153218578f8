"""Every text of a report is said in every language of the project."""

from __future__ import annotations

from cop_platform import report_strings
from cop_platform.texts_in_code import Text


def test_every_text_of_a_report_is_said_in_every_language():
    assert list(report_strings.findings()) == []


def test_a_text_that_a_language_lacks_is_found(monkeypatch):
    extra = Text(None, "A sentence that no catalogue has.")
    monkeypatch.setattr(report_strings, "texts", lambda: {extra})

    assert list(report_strings.findings()) == [
        f"{language}: not said in reports: {extra.msgid}" for language in report_strings.LANGUAGES
    ]


def test_the_texts_of_reports_are_read_out_of_the_code():
    assert Text(None, "Executive summary") in report_strings.texts()
