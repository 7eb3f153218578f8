"""A policy in plain words: each rule a sentence, its table, and what a new version changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.reviews import marks
from feedback.validation.domain.outcome import words
from feedback.validation.domain.policy import pass_table
from feedback.validation.domain.policy.pass_table import Row
from feedback.validation.domain.policy.rules import AGAINST, OWN_PANEL, Rules


@dataclass(frozen=True)
class Sentence:
    """One rule; `key` is the rule's name, `topic` the few words above it."""

    key: str
    topic: str
    text: str


@dataclass(frozen=True)
class Line:
    """A row of the table, ready to show."""

    n: int
    needed: str
    spare: str
    i_cvi: str
    kappa: str
    note: str


@dataclass(frozen=True)
class Change:
    """What a rule said and what it says in the new version."""

    topic: str
    before: str
    after: str


def lines(held: Rules) -> list[Line]:
    """The table: panel size, how many must agree, what that is as figures."""
    return [line(row) for row in pass_table.rows(held)]


def line(row: Row) -> Line:
    """A row of the table in words."""
    if row.needed is None or row.i_cvi is None or row.kappa is None:
        return Line(row.n, "", "", "", "", _("Too small for a pass mark."))
    return Line(
        n=row.n,
        needed=_("%(needed)d of %(n)d") % {"needed": row.needed, "n": row.n},
        spare=_spare(row.spare or 0),
        i_cvi=hundredths(round(row.i_cvi * 100)),
        kappa=f"{row.kappa:.2f}, {words.band(row.kappa)}",
        note=_("Modified kappa asks for more than the pass mark.") if row.lifted else "",
    )


def _spare(spare: int) -> str:
    if not spare:
        return _("Nobody may dissent.")
    return ngettext("%(n)d may dissent.", "%(n)d may dissent.", spare) % {"n": spare}


def hundredths(mark: int) -> str:
    """A mark as figures are written: 0.78."""
    return f"{mark / 100:.2f}"


def sentences(held: Rules) -> list[Sentence]:
    """Every rule, in the order in which a verdict is found."""
    return [
        *_of_criteria(held),
        *_of_scale(held),
        *_of_panel(held),
        *_of_answers(held),
        *_of_verdict(held),
    ]


def _of_criteria(held: Rules) -> Iterator[Sentence]:
    mark = marks.mark_of(pass_table.BEYOND, held.marks)
    yield Sentence(
        "marks",
        _("Pass marks"),
        _(
            "A criterion passes when enough experts call it relevant (3 or 4). Whole numbers "
            "decide, by the table; from %(n)d experts on it takes at least %(mark)d of 100."
        )
        % {"n": pass_table.BEYOND, "mark": mark or 0},
    )
    if held.kappa is None:
        text = _("Modified kappa is shown beside each criterion and decides nothing.")
    else:
        text = _(
            "Beyond that a criterion needs a modified kappa of at least %(mark)s (%(band)s), so "
            "that agreement by chance passes nothing."
        ) % {"mark": hundredths(held.kappa), "band": words.band(held.kappa / 100)}
    yield Sentence("kappa", _("Agreement beyond chance"), text)


def _of_scale(held: Rules) -> Iterator[Sentence]:
    if held.scale_ave is None:
        text = _("The mean over all criteria (S-CVI/Ave) is shown and decides nothing.")
    else:
        text = _("The mean over all criteria (S-CVI/Ave) must be at least %(mark)s.")
        text %= {"mark": hundredths(held.scale_ave)}
    yield Sentence("scale_ave", _("The whole material"), text)
    if held.scale_ua is None:
        text = _(
            "The share of criteria that everybody calls relevant (S-CVI/UA) is shown and decides "
            "nothing."
        )
    else:
        text = _(
            "The share of criteria that everybody calls relevant (S-CVI/UA) must be at least "
            "%(mark)s."
        ) % {"mark": hundredths(held.scale_ua)}
    yield Sentence("scale_ua", _("Full agreement"), text)


def _of_panel(held: Rules) -> Iterator[Sentence]:
    text = ngettext(
        "A country's panel must have handed in at least %(n)d review; with fewer there is not "
        "enough evidence.",
        "A country's panel must have handed in at least %(n)d reviews; with fewer there is not "
        "enough evidence.",
        held.experts,
    )
    yield Sentence("experts", _("Size of a panel"), text % {"n": held.experts})
    text = _("No number of practitioners is asked for.")
    if held.practitioners:
        text = ngettext(
            "At least %(n)d of them must be a practitioner's; else there is not enough evidence.",
            "At least %(n)d of them must be practitioners'; else there is not enough evidence.",
            held.practitioners,
        ) % {"n": held.practitioners}
    yield Sentence("practitioners", _("Practitioners"), text)
    text = _("No number of people with lived experience is asked for.")
    if held.lived:
        text = ngettext(
            "At least %(n)d must be of somebody with lived experience; else there is not enough "
            "evidence.",
            "At least %(n)d must be of people with lived experience; else there is not enough "
            "evidence.",
            held.lived,
        ) % {"n": held.lived}
    yield Sentence("lived", _("Lived experience"), text)


def _of_answers(held: Rules) -> Iterator[Sentence]:
    text = _(
        "A criterion that more than %(n)d %% of the panel left without a rating is not judged: "
        "there is not enough evidence."
    )
    yield Sentence("most_missing", _("Missing ratings"), text % {"n": held.most_missing})
    if held.not_applicable == AGAINST:
        text = _("An answer “not applicable” counts as not relevant, against the criterion.")
    else:
        text = _("An answer “not applicable” is no rating: the panel of its criterion is smaller.")
    yield Sentence("not_applicable", _("“Not applicable”"), text)


def _of_verdict(held: Rules) -> Iterator[Sentence]:
    text = _(
        "While up to %(n)d %% of the criteria fail, the version is to be revised and rated again; "
        "beyond that it is not validated."
    )
    yield Sentence("may_fail", _("Criteria that fail"), text % {"n": held.may_fail})
    if held.editions == OWN_PANEL:
        text = _("A translation needs a panel of its own.")
    else:
        text = _("A translation may take over the verdict of its source.")
    yield Sentence("editions", _("Translations"), text)
    text = ngettext(
        "A verdict lasts %(n)d month; then the version is rated anew.",
        "A verdict lasts %(n)d months; then the version is rated anew.",
        held.months,
    )
    yield Sentence("months", _("How long it lasts"), text % {"n": held.months})


def changes(old: Rules, new: Rules) -> list[Change]:
    """What the new version says differently: the table by panel size, then the sentences."""
    found = [
        Change(_("Of %(n)d experts") % {"n": after.n}, _cell(before), _cell(after))
        for before, after in zip(lines(old), lines(new), strict=True)
        if before != after
    ]
    said = {sentence.key: sentence.text for sentence in sentences(old)}
    return found + [
        Change(sentence.topic, said[sentence.key], sentence.text)
        for sentence in sentences(new)
        if said[sentence.key] != sentence.text
    ]


def _cell(shown: Line) -> str:
    return " ".join(filter(None, [shown.needed, shown.note]))
