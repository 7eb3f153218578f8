"""Words that everybody will read must not tell who somebody is."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from experts.models import Person
from materials.domain import name_scan

# Wide on purpose: half an address is still one.
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def warnings(*texts: str) -> list[str]:
    """A sentence for each name or e-mail address in the texts; empty where there is none.

    Names are those of everybody we know: a list of the panel's would tell who is on it.
    """
    whole = "\n".join(texts)
    names = Person.objects.order_by("name").values_list("name", flat=True)
    found = name_scan.find(names=names, pages=[(1, whole)])
    said = [_("It names “%(name)s”.") % {"name": one["name"]} for one in found]
    addresses = sorted(set(_ADDRESS.findall(whole)))
    return said + [_("It holds the address %(address)s.") % {"address": a} for a in addresses]


def scrubbed(text: str) -> str:
    """The text without e-mail addresses, as the public table shows it."""
    return _ADDRESS.sub("…", text)
