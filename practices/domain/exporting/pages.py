"""The gathered data as pages that need no network: plain cards, one template for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)
Told = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """One thing: short facts, texts under headings, and what hangs on it. `files` are links."""

    title: str
    facts: list[tuple[Any, Any]] = field(default_factory=list)
    texts: list[tuple[Any, Any]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """One file of the archive."""

    name: str
    title: str
    cards: list[Card]


def render(told: Told, included: frozenset[str]) -> dict[str, bytes]:
    """Every page by its file name; `included` are the files the archive holds beside them."""
    pages = [
        Page(f"{name}.html", str(title), [_whole(made(one, included)) for one in told[name]])
        for name, (title, made) in _PARTS.items()
    ]
    shown = {"told": told, "pages": pages, "style": _style()}
    files = {
        page.name: render_to_string("practices/export_page.html", shown | {"page": page})
        for page in pages
    }
    files["index.html"] = render_to_string("practices/export_index.html", shown)
    return {name: text.encode() for name, text in files.items()}


@cache
def _style() -> SafeString:
    """Within the page, so that a page that is passed on alone keeps its look."""
    sheet = (settings.BASE_DIR / "static" / "css" / "export.css").read_text()
    return format_html("<{0}>{1}</{0}>", "style", mark_safe(sheet))  # noqa: S308  our own file


def _whole(card: Card) -> Card:
    """Without what nobody filled in."""
    facts = [(label, said) for label, said in card.facts if said]
    texts = [(label, said) for label, said in card.texts if said]
    return Card(card.title, facts, texts, card.files)


def _charter(one: Told, _files: frozenset[str]) -> Card:
    facts = [
        (_("Version"), one["version"]),
        (_("Adopted on"), one["adopted_on"]),
        (_("Sponsor"), one["sponsor"]),
        (_("To be looked at again on"), one["review_on"]),
    ]
    texts = [
        (_("Vision"), one["vision"]),
        (_("Purpose"), one["purpose"]),
        (_("What belongs to it"), one["scope_in"]),
        (_("What does not belong to it"), one["scope_out"]),
        (_("Roles"), one["roles"]),
        (_("Rules"), one["rules"]),
        (_("Topics"), "\n".join(one["topics"])),
    ]
    return Card(one["domain"], facts, texts)


def _session(one: Told, _files: frozenset[str]) -> Card:
    when = f"{one['day']} {one['clock']} ({one['zone']}), {one['minutes']} min"
    facts = [
        (_("When"), when),
        (_("Kind"), one["kind"]),
        (_("Countries"), ", ".join(one["countries"])),
        (_("Topic"), one["topic"]),
        (_("Led by"), "; ".join(one["led_by"])),
        (_("State"), _("Cancelled") if one["cancelled"] else ""),
    ]
    return Card(one["title"], facts, [(_("Purpose"), one["purpose"])])


def _action(one: Told, _files: frozenset[str]) -> Card:
    facts = [
        (_("Owner"), one["owner"]),
        (_("Until"), one["due_on"]),
        (_("Countries"), ", ".join(one["countries"])),
        (_("Goal"), one["goal"]),
        (_("State"), " ".join(part for part in (one["state"], one["settled_on"]) if part)),
    ]
    texts = [("", one["details"]), (_("Why it was dropped"), one["reason"])]
    return Card(one["title"], facts, texts)


def _lesson(one: Told, _files: frozenset[str]) -> Card:
    facts = [
        (_("Look back"), f"{one['session']}, {one['day']}"),
        (_("Changed on"), one["changed_on"]),
    ]
    changed = "\n".join(part for part in (one["procedure"], one["link"]) if part)
    texts = [
        (_("What was planned"), one["planned"]),
        (_("What happened"), one["happened"]),
        (_("Why"), one["why"]),
        (_("What is done in another way now"), changed),
    ]
    return Card(one["change"], facts, texts)


def _practice(one: Told, _files: frozenset[str]) -> Card:
    facts = [
        (_("Version"), one["version"]),
        (_("Maturity"), one["maturity"]),
        (_("Topic"), one["topic"]),
        (_("Tags"), ", ".join(one["tags"])),
        (_("Goes with"), ", ".join(one["materials"])),
        *_of_card(one),
        (_("No longer recommended"), one["retired"]),
    ]
    adopted = [(_("Adopted in another country"), _adoption(use)) for use in one["adopted_by"]]
    return Card(one["title"], facts, [*_texts(one), *adopted])


def _adopted(one: Told, _files: frozenset[str]) -> Card:
    facts = [(_("From"), one["from_country"]), *_of_card(one)]
    return Card(one["title"], facts, [(_("What we did"), _adoption(one["adoption"])), *_texts(one)])


def _of_card(one: Told) -> list[tuple[Any, Any]]:
    return [
        (_("Place"), one["place"]),
        (_("Told by"), one["told_by"]),
        (_("Licence"), one["licence"]),
    ]


def _texts(one: Told) -> list[tuple[Any, Any]]:
    return [
        (_("The need it answers"), one["need"]),
        (_("Steps"), one["steps"]),
        (_("What it takes"), one["resources"]),
        (_("What came of it"), one["result"]),
        (_("How we know"), one["evidence"]),
        (_("Lessons"), one["lessons"]),
        (_("What must be there for it to work"), one["conditions"]),
        (_("What can be changed"), one["adaptable"]),
    ]


def _adoption(use: Told) -> str:
    first = f"{use['country']}, {use['on']}: {use['use']}"
    return "\n".join(part for part in (first, use["changed"], use["outcome"]) if part)


def _idea(one: Told, _files: frozenset[str]) -> Card:
    facts = [
        (_("State"), one["state"]),
        (_("Told by"), one["told_by"]),
        (_("Handed in on"), one["added_on"]),
        (_("Combines"), "; ".join(one["combines"])),
    ]
    tests = [
        (_("Experiment: %(outcome)s") % {"outcome": test["outcome"]}, _experiment(test))
        for test in one["experiments"]
    ]
    return Card(one["title"], facts, [("", one["text"]), (_("Answer"), one["answer"]), *tests])


def _experiment(test: Told) -> str:
    return "\n".join(part for part in (test["hypothesis"], test["test"], test["result"]) if part)


def _question(one: Told, _files: frozenset[str]) -> Card:
    facts = [(_("Told by"), one["told_by"]), (_("Did it work?"), one["worked"])]
    texts = [
        (_("The situation"), one["situation"]),
        (_("What was tried"), one["tried"]),
        (_("What would help"), one["wanted"]),
    ]
    for answer in one["answers"]:
        said = _("Accepted answer, %(who)s") if answer["accepted"] else _("Answer, %(who)s")
        texts.append((said % {"who": answer["told_by"]}, answer["text"]))
    return Card(one["title"], facts, texts)


def _story(one: Told, files: frozenset[str]) -> Card:
    facts = [
        (_("Told by"), one["told_by"]),
        (_("Told on"), one["told_on"]),
        (_("Why it is told"), one["occasion"]),
        (_("What came of it"), one["cycle"]),
        (_("Goes with"), one["material"]),
        (_("Tells of"), one["practice"]),
        (_("Used in"), ", ".join(one["used_in"])),
    ]
    clip = [(_("Listen to it"), one["clip"])] if one["clip"] in files else []
    return Card(one["title"], facts, [("", one["text"])], clip)


def _term(one: Told, _files: frozenset[str]) -> Card:
    words = one["words"]
    facts = [(_LANGUAGES.get(code, code), word) for code, word in words.items()]
    meanings = [(_LANGUAGES.get(code, code), said) for code, said in one["meanings"].items()]
    return Card(words.get("en") or next(iter(words.values()), ""), facts, meanings)


def _method(one: Told, _files: frozenset[str]) -> Card:
    steps = "\n".join(f"{title}: {minutes} min" for title, minutes in one["steps"])
    return Card(one["name"], [], [(_("Good for"), one["purpose"]), (_("Steps"), steps)])


def _material(one: Told, files: frozenset[str]) -> Card:
    facts = [(_("Type"), one["type"]), (_("Licence"), one["licence"])]
    named = list(_editions(one))
    links = [(label, name) for label, name in named if name in files]
    others = [(label, name) for label, name in named if name not in files]
    return Card(f"{one['code']} {one['title']}", [*facts, *others], [("", one["summary"])], links)


def _editions(one: Told) -> Iterator[tuple[str, str]]:
    for edition in one["editions"]:
        language = _LANGUAGES.get(edition["language"], edition["language"])
        label = _("Version %(n)d, %(language)s") % {"n": edition["number"], "language": language}
        yield label, edition["file"] or edition["link"]


_PARTS: dict[str, tuple[Any, Callable[[Told, frozenset[str]], Card]]] = {
    "charters": (_lazy("Charter"), _charter),
    "sessions": (_lazy("Sessions"), _session),
    "actions": (_lazy("Actions"), _action),
    "lessons": (_lazy("Lessons"), _lesson),
    "practices": (_lazy("Good practices"), _practice),
    "adopted": (_lazy("Practices adopted from elsewhere"), _adopted),
    "ideas": (_lazy("Ideas"), _idea),
    "questions": (_lazy("Questions and answers"), _question),
    "stories": (_lazy("Stories"), _story),
    "glossary": (_lazy("Glossary"), _term),
    "methods": (_lazy("Methods"), _method),
    "materials": (_lazy("Materials"), _material),
}
