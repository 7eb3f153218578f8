"""Who is meant by an @ in a text: names of the directory, asked where several people fit.

A mention is read when the text is saved, so it needs no script. The first word after the @ must be
the first word of a name as a whole: nobody walks through the directory letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import Person, User

# An @ inside an address of mail or of a page is none of ours.
_AT = re.compile(r"(?<![\w.@/+-])@(?=\w)")
_MENTION = re.compile(rf"{_AT.pattern}\w[\w'’-]*((?:[ \u00a0]\w[\w'’-]*){{0,2}})")  # noqa: RUF001
_AROUND = ".,;:!?()[]{}»«”“\"'…*_"
MOST = 10
# People offered where several fit; with more, the text has to say more of the name.
OFFERED = 8
NOBODY = 0


@dataclass(frozen=True)
class Unclear:
    """A mention that fits several people, as typed; `people` are at most OFFERED of `fitting`."""

    typed: str
    people: tuple[Person, ...]
    fitting: int


class WhoIsMeant(NotPossible):
    """Some mentions fit several people; `unclear` are all of these, `asked` those to be chosen."""

    def __init__(self, unclear: list[Unclear], asked: set[str]) -> None:
        super().__init__(_("Please say whom you mean."))
        self.unclear = unclear
        self.asked = asked


def read(text: str, *, by: User, chosen: Mapping[str, int]) -> list[Person]:
    """The people mentioned in a text, each once, never the writer.

    `chosen` says for what was typed who is meant, by key; NOBODY for mere words. Raises WhoIsMeant,
    and NotPossible for more mentions than a text needs.
    """
    typed = [_words(text[found.end() : found.end() + 120]) for found in _AT.finditer(text)]
    typed = [words for words in typed if words]
    if not typed:
        return []
    if len(typed) > MOST:
        raise NotPossible(
            _("A comment mentions at most %(n)d people. Who follows it hears of it anyway.")
            % {"n": MOST}
        )
    people = _by_first_word({words[0] for words in typed}, by)
    found: dict[int, Person] = {}
    unclear: dict[str, Unclear] = {}
    asked: set[str] = set()
    for words in typed:
        said, fitting = _fitting(words, people.get(words[0], []))
        if len(fitting) > 1:
            unclear[said] = Unclear(said, tuple(fitting[:OFFERED]), len(fitting))
            choice = chosen.get(said)
            fitting = [person for person in fitting if person.pk == choice]
            if not fitting and choice != NOBODY:
                asked.add(said)
        found |= {person.pk: person for person in fitting}
    if asked:
        raise WhoIsMeant(list(unclear.values()), asked)
    return list(found.values())


def without(text: str) -> str:
    """The text with a mark in the place of every mention.

    Who was meant is not looked up: the word after the @ goes, and of the next two those that may
    belong to a name.
    """
    return _MENTION.sub(_marked, text)


def _marked(found: re.Match[str]) -> str:
    following = found[1].split()
    while following and not following[0][0].islower():
        following.pop(0)
    return " ".join(["@…", *following])


def _words(rest: str) -> list[str]:
    """The words after an @, on its line, as they are compared."""
    return [word.casefold().strip(_AROUND) for word in rest.split("\n", maxsplit=1)[0].split()]


def _by_first_word(firsts: set[str], by: User) -> dict[str, list[Person]]:
    """People of the directory who can log in, by the first word of their name; one query."""
    wanted = Q(pk__in=[])
    for first in firsts:
        wanted |= Q(name__istartswith=first)
    people = Person.objects.visible_to(by).active().filter(wanted, user__is_active=True)
    found: dict[str, list[Person]] = {}
    for person in people.exclude(user=by).select_related("user", "country"):
        first = _words(person.name)[0]
        found.setdefault(first, []).append(person)
    return found


def _fitting(words: list[str], people: list[Person]) -> tuple[str, list[Person]]:
    """What of these words is a name, and whose; a whole name counts more than a part of one."""
    alike = {person.pk: _alike(words, _words(person.name)) for person in people}
    whole = [p for p in people if alike[p.pk] == len(_words(p.name))]
    best = whole or people
    most = max((alike[person.pk] for person in best), default=0)
    return " ".join(words[:most]), [person for person in best if alike[person.pk] == most]


def _alike(words: list[str], name: list[str]) -> int:
    """How many words at the beginning are the same."""
    same = 0
    for typed, word in zip(words, name, strict=False):
        if typed != word:
            break
        same += 1
    return same
