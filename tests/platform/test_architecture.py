"""The house keeps its walls: what import-linter checks covers every room there is."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
OURS = ["experts", "materials", "sessions", "practices", "feedback"]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def sources(*parts: str) -> list[Path]:
    return [p for app in OURS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]


def test_the_contracts_name_every_installed_app_of_ours():
    installed = [a for a in settings.INSTALLED_APPS if a in OURS]
    layers = CONTRACTS["contracts"][0]["layers"]
    assert sorted(installed) == sorted(OURS)
    assert layers == [
        "feedback",
        "practices",
        "sessions",
        "materials",
        "experts",
        "cop_platform.common",
    ]
    assert sorted(CONTRACTS["contracts"][1]["containers"]) == sorted(OURS)


def test_sessions_lives_beside_djangos_app_of_that_name():
    assert apps.get_app_config("cop_sessions").name == "sessions"


@pytest.mark.parametrize("app", OURS)
def test_an_apps_pages_forms_and_tasks_are_used_by_itself_only(app):
    inner = re.compile(rf"\b(?:from|import) {app}\.(views|forms|tasks|urls)\b")
    others = [p for p in sources() if p.parts[len(ROOT.parts)] != app]
    assert [str(p) for p in others if inner.search(p.read_text())] == []


def test_views_reach_objects_through_visible_to_only():
    """`.objects.all/get/filter` in a view is the way a foreign object slips through."""
    plain = re.compile(r"\.objects\.(all|get|filter|exclude|in_bulk|first|last)\(")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*ROOT.glob("*/views.py"), *ROOT.glob("*/*/views.py")]
        for line in path.read_text().splitlines()
        if plain.search(line) and "Membership.objects.current()" not in line
    ]
    assert found == []


def test_templates_declare_nothing_safe_and_style_nothing_inline():
    bad = re.compile(r"\|\s*safe\b|\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.html")
        if "mail" not in path.relative_to(ROOT / "templates").parts[:1]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if bad.search(line)
    ]
    assert found == []


def test_style_sheets_close_what_they_open():
    sheets = sorted((ROOT / "static" / "css").glob("*.css"))
    assert sheets
    for sheet in sheets:
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        assert rules.count("{") == rules.count("}"), sheet.name


def test_no_part_of_a_style_sheet_stands_twice():
    """Two copies drift apart, and the older one wins where it comes later."""
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        headings = re.findall(r"^/\*.*?\*/$", sheet.read_text(), flags=re.MULTILINE)
        assert len(headings) == len(set(headings)), sheet.name


def test_public_functions_of_the_domain_say_what_they_take_and_give():
    untyped = []
    for path in sources():
        if "domain" not in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = node.args.args + node.args.kwonlyargs
                names = {a.arg for a in arguments if a.annotation is None} - {"self", "cls"}
                if names or node.returns is None:
                    untyped.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert untyped == []
