"""The parts of pdf.js come out of its package by a named list; nothing else of it is served."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders

from cop_platform.common.packages import StaticStorage


@pytest.mark.parametrize(
    "name",
    [
        "pdf.mjs",
        "pdf.worker.mjs",
        "cmaps/Adobe-Japan1-UCS2.bcmap",
        "standard_fonts/FoxitSerif.pfb",
        "standard_fonts/LiberationSans-Regular.ttf",
        "wasm/openjpeg_nowasm_fallback.js",
    ],
)
def test_what_the_viewer_needs_is_served(client, name):
    assert finders.find(f"vendor/pdfjs/{name}")
    assert client.get(f"/static/vendor/pdfjs/{name}").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "wasm/openjpeg.wasm",
        "pdf.sandbox.mjs",
        "package.json",
        "cmaps/LICENSE",
        "cmaps/../package.json",
        "standard_fonts/../../bootstrap/package.json",
        "cmaps/",
    ],
)
def test_nothing_else_of_the_package_is(client, name):
    assert client.get(f"/static/vendor/pdfjs/{name}").status_code == 404


def test_names_that_the_library_builds_itself_carry_no_hash(tmp_path):
    storage = StaticStorage(location=tmp_path)
    name = "vendor/pdfjs/cmaps/H.bcmap"
    assert storage.hashed_name(name) == name
