"""Bad PDF uploads: what acts in them, wherever it hangs (18).

The numbers are those of the list in the security notes. Each file comes in pieces as a browser
sends it, and ends in a clear sentence with nothing left on disk, or as a harmless stored file. A
server listens where the files point to: nobody ever calls.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from tests.materials.sending import refused

pytestmark = pytest.mark.django_db


def pdf_with(place: str, target: str) -> bytes:
    """A PDF whose script, program or inner file hangs at a place of its own."""
    document, buffer = pikepdf.new(), BytesIO()
    document.add_blank_page()
    page, root, name = document.pages[0].obj, document.Root, pikepdf.Name
    script = pikepdf.Dictionary(S=name.JavaScript, JS="app.launchURL('x')")
    sends = pikepdf.Dictionary(S=name.SubmitForm, F=target)
    starts = pikepdf.Dictionary(S=name.Launch, F="calc.exe")

    def notes(**action: object) -> pikepdf.Array:
        return pikepdf.Array([document.make_indirect(pikepdf.Dictionary(**action))])

    places = {
        "note": (page, "/Annots", notes(A=script)),
        "note, nested": (page, "/Annots", notes(AA=pikepdf.Dictionary(U=script))),
        "program": (page, "/Annots", notes(A=starts)),
        "page": (page, "/AA", pikepdf.Dictionary(O=script)),
        "document": (root, "/AA", pikepdf.Dictionary(WC=script)),
        "next action": (
            root,
            "/OpenAction",
            pikepdf.Dictionary(S=name.GoTo, Next=pikepdf.Array([script])),
        ),
        "bookmark": (root, "/Outlines", pikepdf.Dictionary(First=notes(A=script)[0])),
        "form": (root, "/AcroForm", pikepdf.Dictionary(Fields=notes(A=sends))),
    }
    where, key, value = places[place]
    where[key] = value
    document.save(buffer)
    return buffer.getvalue()


PLACES = [
    "note",
    "note, nested",
    "page",
    "document",
    "next action",
    "bookmark",
    "form",
    "program",
]


@pytest.mark.parametrize("place", PLACES)
def test_security_18_what_acts_in_a_pdf_is_refused_wherever_it_hangs(place, canary):
    assert refused(pdf_with(place, canary.address), "a.pdf").startswith("This PDF starts a script")


def test_security_18_files_inside_a_pdf_are_refused():
    document, buffer = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.attachments["tool.exe"] = b"MZ"
    document.save(buffer)
    assert refused(buffer.getvalue(), "a.pdf").startswith("This PDF carries other files inside.")
