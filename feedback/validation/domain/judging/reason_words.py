"""The reasons of a proposal as sentences; `proposing` says which code comes with which numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Reason = Mapping[str, Any]


def sentences(reasons: Iterable[Reason], *, is_hidden: bool = False) -> list[str]:
    """Each reason in plain words; where figures are hidden, those with figures are left out."""
    shown = [r for r in reasons if not (is_hidden and _tells(r))]
    return [_SAID[r["code"]](r) for r in shown if r["code"] in _SAID]


def _tells(reason: Reason) -> bool:
    return "item" in reason or "hundredths" in reason


def _share(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}"


def _small_panel(r: Reason) -> str:
    return ngettext(
        "%(n)d review was handed in; fewer than %(needed)d carry no verdict.",
        "%(n)d reviews were handed in; fewer than %(needed)d carry no verdict.",
        r["n"],
    ) % dict(r)


def _experts(r: Reason) -> str:
    return ngettext(
        "%(n)d expert answered; the policy asks for %(needed)d.",
        "%(n)d experts answered; the policy asks for %(needed)d.",
        r["n"],
    ) % dict(r)


def _practitioners(r: Reason) -> str:
    return ngettext(
        "%(n)d practitioner answered; the policy asks for %(needed)d.",
        "%(n)d practitioners answered; the policy asks for %(needed)d.",
        r["n"],
    ) % dict(r)


def _lived(r: Reason) -> str:
    return ngettext(
        "%(n)d person with lived experience answered; the policy asks for %(needed)d.",
        "%(n)d people with lived experience answered; the policy asks for %(needed)d.",
        r["n"],
    ) % dict(r)


def _few_judged(r: Reason) -> str:
    return _("Only %(n)d of %(of)d criteria could be judged.") % dict(r)


def _missing(r: Reason) -> str:
    return _("%(item)s: %(n)d of %(of)d gave no rating, more than the policy lets pass.") % dict(r)


def _too_few(r: Reason) -> str:
    return _("%(item)s: rated by %(n)d, too few for a pass mark.") % dict(r)


def _does_not_apply(r: Reason) -> str:
    return _("%(item)s is left out: most say that it does not apply.") % dict(r)


def _mark(r: Reason) -> str:
    said = _("%(item)s: %(relevant)d of %(n)d find it mostly or fully so; %(needed)d are needed.")
    return said % dict(r)


def _kappa(r: Reason) -> str:
    if r["thousandths"] is None:
        return _("%(item)s: modified kappa is not computable.") % dict(r)
    words = {
        "item": r["item"],
        "value": f"{r['thousandths'] / 1000:.3f}",
        "needed": _share(r["needed"]),
    }
    return _("%(item)s: modified kappa is %(value)s; at least %(needed)s is needed.") % words


def _failing(r: Reason) -> str:
    return ngettext(
        "%(n)d of %(of)d criteria does not pass; up to %(most)d %% may be mended and rated again.",
        "%(n)d of %(of)d criteria do not pass; up to %(most)d %% may be mended and rated again.",
        r["n"],
    ) % dict(r)


def _scale_ave(r: Reason) -> str:
    words = {"value": _share(r["hundredths"]), "needed": _share(r["needed"])}
    return _("The mean over all criteria (S-CVI/Ave) is %(value)s; %(needed)s is needed.") % words


def _scale_ua(r: Reason) -> str:
    words = {"value": _share(r["hundredths"]), "needed": _share(r["needed"])}
    return (
        _(
            "The share of criteria that everybody agrees on (S-CVI/UA) is %(value)s; %(needed)s is "
            "needed."
        )
        % words
    )


def _all_pass(r: Reason) -> str:
    return ngettext(
        "The %(n)d criterion that was judged passes.",
        "All %(n)d criteria that were judged pass.",
        r["n"],
    ) % dict(r)


def _open_changes(r: Reason) -> str:
    return ngettext(
        "%(n)d important change is not decided yet.",
        "%(n)d important changes are not decided yet.",
        r["n"],
    ) % dict(r)


def _not_done(r: Reason) -> str:
    return ngettext(
        "%(n)d change was accepted and is not in this version.",
        "%(n)d changes were accepted and are not in this version.",
        r["n"],
    ) % dict(r)


def _inherited(_r: Reason) -> str:
    return _("Taken over from the verdict on the version that it translates.")


_SAID: dict[str, Callable[[Reason], str]] = {
    "small_panel": _small_panel,
    "experts": _experts,
    "practitioners": _practitioners,
    "lived": _lived,
    "few_judged": _few_judged,
    "missing": _missing,
    "too_few": _too_few,
    "does_not_apply": _does_not_apply,
    "mark": _mark,
    "kappa": _kappa,
    "failing": _failing,
    "scale_ave": _scale_ave,
    "scale_ua": _scale_ua,
    "all_pass": _all_pass,
    "open_changes": _open_changes,
    "not_done": _not_done,
    "inherited": _inherited,
}
