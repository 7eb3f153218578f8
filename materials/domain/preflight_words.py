"""What the signals of pre-flight say, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from materials.domain.preflight_signals import Signal

LEVELS = {
    "look": ("warn", "warning", gettext_lazy("Have a look")),
    "unclear": ("quiet", "question", gettext_lazy("Unclear")),
    "fine": ("ok", "check", pgettext_lazy("pre-flight signal", "Fine")),
}
_FIELDS = {
    "author": gettext_lazy("author"),
    "creator": gettext_lazy("creator"),
    "last_modified_by": gettext_lazy("last modified by"),
    "email": gettext_lazy("an e-mail address"),
}
# code: what it is about, why it matters.
_ABOUT: dict[str, tuple[str | Promise, str | Promise]] = {
    "file": (
        gettext_lazy("The file"),
        gettext_lazy("Pre-flight reads PDF, Word, PowerPoint, Excel and OpenDocument files."),
    ),
    "readability_short": (
        gettext_lazy("Readability"),
        gettext_lazy("A formula needs some hundred words to say anything."),
    ),
    "readability_none": (
        gettext_lazy("Readability"),
        gettext_lazy("No formula is known for this language; ask a reader."),
    ),
    "flesch": (
        gettext_lazy("Readability (Flesch, fitted to the language)"),
        gettext_lazy("From the length of sentences and words: 0 is very hard, 100 very easy."),
    ),
    "gulpease": (
        gettext_lazy("Readability (Gulpease)"),
        gettext_lazy("An Italian formula: 0 is very hard, 100 very easy."),
    ),
    "lix": (
        gettext_lazy("Readability (LIX)"),
        gettext_lazy("From long sentences and words over six letters: 20 is easy, 60 hard."),
    ),
    "lix_uncalibrated": (
        gettext_lazy("Readability (LIX, not calibrated)"),
        gettext_lazy(
            "20 is easy and 60 hard in Swedish; nobody has measured it for this language, so "
            "compare versions with each other only."
        ),
    ),
    "easy_sentences": (
        gettext_lazy("Easy language: short sentences"),
        gettext_lazy("People who learn the language read at most 15 words a sentence with ease."),
    ),
    "easy_ideas": (
        gettext_lazy("Easy language: one idea a sentence"),
        gettext_lazy("Several commas often mean several ideas; a list may be meant, so look."),
    ),
    "easy_pages": (
        gettext_lazy("Easy language: length"),
        gettext_lazy("Easy texts have at most 24 pages."),
    ),
    "easy_size": (
        gettext_lazy("Easy language: size of letters"),
        gettext_lazy("Easy texts are set in 14 points or more."),
    ),
    "tags": (
        gettext_lazy("Tags for screen readers"),
        gettext_lazy("Without tags a screen reader does not know headings, lists and order."),
    ),
    "title": (
        gettext_lazy("Title of the document"),
        gettext_lazy("Screen readers and tabs say it first."),
    ),
    "language": (
        gettext_lazy("Language of the document"),
        gettext_lazy("A screen reader pronounces by it."),
    ),
    "language_none": (
        gettext_lazy("Language of the document"),
        gettext_lazy("A screen reader pronounces by it."),
    ),
    "alt_text": (
        gettext_lazy("Words for pictures"),
        gettext_lazy("Who does not see a picture needs words that replace it."),
    ),
    "contrast": (
        gettext_lazy("Contrast"),
        gettext_lazy(
            "Words on the first pages are compared with what is drawn around them: 4.5 to 1 is "
            "needed, 3 to 1 for letters of 18 points. Over a photograph this is an estimate."
        ),
    ),
    "searchable": (
        gettext_lazy("Text that can be searched"),
        gettext_lazy("Pages whose words cannot be read are silent for screen readers and search."),
    ),
    "dead_links": (
        gettext_lazy("Links within the document"),
        gettext_lazy("A link to a page that does not exist leads nowhere."),
    ),
    "licence": (
        gettext_lazy("Licence in the document"),
        gettext_lazy("Files travel without their page: the licence must stand inside."),
    ),
    "funding": (
        gettext_lazy("Funding sentence"),
        gettext_lazy("The funder asks for “Co-funded by the European Union” with the emblem."),
    ),
    "funding_picture": (
        gettext_lazy("Funding sentence"),
        gettext_lazy("The funder asks for “Co-funded by the European Union” with the emblem."),
    ),
    "emblem": (
        gettext_lazy("Emblem"),
        gettext_lazy(
            "The funder asks for the emblem; it is a picture, which only people can tell."
        ),
    ),
    "disclaimer": (
        gettext_lazy("Disclaimer"),
        gettext_lazy("The funder asks to say that the views are those of the authors only."),
    ),
    "names": (
        gettext_lazy("Personal data in the file's properties"),
        gettext_lazy("They travel with every copy; what they say is not stored here."),
    ),
    "changes": (
        gettext_lazy("Tracked changes"),
        gettext_lazy("Readers see who changed what; accept or reject them before."),
    ),
    "comments": (
        gettext_lazy("Comments"),
        gettext_lazy("Readers see the comments and who wrote them."),
    ),
}
_VALUE = gettext_lazy("%(value)s; easy enough from %(limit)s on.")
_VALUE_LIX = gettext_lazy("%(value)s; easy enough up to %(limit)s.")
# (code, level): what was found.
_FOUND: dict[tuple[str, str], Any] = {
    ("file", "unclear"): gettext_lazy("This file could not be read."),
    ("readability_short", "unclear"): ngettext_lazy(
        "%(words)d word only.", "%(words)d words only.", "words"
    ),
    ("readability_none", "unclear"): gettext_lazy("No formula."),
    ("flesch", "fine"): _VALUE,
    ("flesch", "look"): _VALUE,
    ("gulpease", "fine"): _VALUE,
    ("gulpease", "look"): _VALUE,
    ("lix", "fine"): _VALUE_LIX,
    ("lix", "look"): _VALUE_LIX,
    ("lix_uncalibrated", "unclear"): gettext_lazy("%(value)s."),
    ("easy_sentences", "fine"): gettext_lazy("Every sentence has 15 words or fewer."),
    ("easy_sentences", "look"): ngettext_lazy(
        "%(long)d of %(sentences)d sentences is longer than 15 words.",
        "%(long)d of %(sentences)d sentences are longer than 15 words.",
        "long",
    ),
    ("easy_sentences", "unclear"): gettext_lazy("No words were found."),
    ("easy_ideas", "fine"): gettext_lazy("No sentence has more than one comma."),
    ("easy_ideas", "look"): ngettext_lazy(
        "%(crowded)d sentence has several commas.",
        "%(crowded)d sentences have several commas.",
        "crowded",
    ),
    ("easy_ideas", "unclear"): gettext_lazy("No words were found."),
    ("easy_pages", "fine"): ngettext_lazy("%(pages)d page.", "%(pages)d pages.", "pages"),
    ("easy_pages", "look"): ngettext_lazy("%(pages)d page.", "%(pages)d pages.", "pages"),
    ("easy_size", "fine"): gettext_lazy("Most letters have %(size)s points."),
    ("easy_size", "look"): gettext_lazy("Most letters have %(size)s points."),
    ("easy_size", "unclear"): gettext_lazy("The size could not be read."),
    ("tags", "fine"): gettext_lazy("The PDF is tagged."),
    ("tags", "look"): gettext_lazy("The PDF has no tags. Export it as an accessible PDF."),
    ("title", "fine"): gettext_lazy("A title is set."),
    ("title", "look"): gettext_lazy("No title is set in the file's properties."),
    ("title", "unclear"): gettext_lazy("The title could not be read."),
    ("language", "fine"): gettext_lazy("The file says the language of this edition."),
    ("language", "look"): gettext_lazy("The file says another language: %(said)s."),
    ("language_none", "look"): gettext_lazy("The file does not say its language."),
    ("alt_text", "fine"): gettext_lazy("No picture without words was found."),
    ("alt_text", "look"): ngettext_lazy(
        "%(without)d of %(pictures)d pictures has no words.",
        "%(without)d of %(pictures)d pictures have no words.",
        "without",
    ),
    ("alt_text", "unclear"): gettext_lazy("Without tags nobody can tell."),
    ("contrast", "fine"): gettext_lazy("Words on the first pages stand out enough."),
    ("contrast", "look"): ngettext_lazy(
        "%(pale)d of %(shown)d words hardly stands out from its ground.",
        "%(pale)d of %(shown)d words hardly stand out from their ground.",
        "pale",
    ),
    ("contrast", "unclear"): gettext_lazy("The colours could not be read."),
    ("searchable", "fine"): gettext_lazy("The words can be read."),
    ("searchable", "look"): gettext_lazy(
        "Pages without words that can be read: %(pages)d. Fonts without a table of letters: "
        "%(fonts)d."
    ),
    ("dead_links", "fine"): gettext_lazy("Every one leads to a page."),
    ("dead_links", "look"): ngettext_lazy(
        "%(links)d link leads nowhere.", "%(links)d links lead nowhere.", "links"
    ),
    ("licence", "fine"): gettext_lazy("A licence is named."),
    ("licence", "look"): gettext_lazy("No licence was found in the text."),
    ("licence", "unclear"): gettext_lazy("No words were found."),
    ("funding", "fine"): gettext_lazy("The sentence is there."),
    ("funding", "look"): gettext_lazy("The sentence was not found."),
    ("funding", "unclear"): gettext_lazy("No words were found."),
    ("funding_picture", "unclear"): gettext_lazy(
        "The sentence could not be read from a picture; please look. It is not in the text."
    ),
    ("emblem", "unclear"): gettext_lazy("It could not be read from a picture; please look."),
    ("emblem", "look"): gettext_lazy(
        "No picture was found where it is expected, on the first or the last page."
    ),
    ("disclaimer", "fine"): gettext_lazy("The disclaimer is there."),
    ("disclaimer", "look"): gettext_lazy("The disclaimer was not found."),
    ("disclaimer", "unclear"): gettext_lazy("No words were found."),
    ("names", "fine"): gettext_lazy("No name or address was found."),
    ("names", "look"): gettext_lazy("Filled in: %(fields)s."),
    ("changes", "fine"): gettext_lazy("None are left."),
    ("changes", "look"): ngettext_lazy(
        "%(changes)d change is left.", "%(changes)d changes are left.", "changes"
    ),
    ("comments", "fine"): gettext_lazy("None are left."),
    ("comments", "look"): ngettext_lazy(
        "%(comments)d comment is left.", "%(comments)d comments are left.", "comments"
    ),
}


@dataclass(frozen=True)
class Line:
    """One signal as it is read: a chip, what it is about, what was found, why it matters."""

    level: str
    kind: str
    icon: str
    label: str | Promise
    title: str | Promise
    found: str
    why: str | Promise


def line(signal: Signal) -> Line | None:
    """None for a signal of rules that are no longer known."""
    code, level = signal["code"], signal["level"]
    if code not in _ABOUT or (code, level) not in _FOUND:
        return None
    title, why = _ABOUT[code]
    numbers = signal | {"fields": ", ".join(str(_FIELDS[f]) for f in signal.get("fields", []))}
    return Line(level, *LEVELS[level], title, _FOUND[code, level] % numbers, why)


def standing(lines: list[Line]) -> str:
    """The one sentence above the signals."""
    counts = {level: sum(line.level == level for line in lines) for level in LEVELS}
    return _("Worth a look: %(look)d. Unclear: %(unclear)d. Fine: %(fine)d.") % counts
