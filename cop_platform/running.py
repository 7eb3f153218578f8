"""Commands typed beside a running demo take its ports, so that their mails and links arrive."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cop_platform import embedded

NAMES = ("COP_ENV", "PORT", "EMAIL_HOST", "EMAIL_PORT")


def announce() -> None:
    """Writes down how this process's demo can be reached."""
    known = {name: os.environ[name] for name in NAMES}
    _file().write_text(json.dumps(known))


def withdraw() -> None:
    """The demo ended; what was written down is no longer true."""
    _file().unlink(missing_ok=True)


def adopt() -> None:
    """Sets what a running demo announced and the environment does not say otherwise."""
    if os.environ.get("COP_ENV"):
        return
    try:
        known = json.loads(_file().read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return
    for name in NAMES:
        os.environ.setdefault(name, known[name])


def _file() -> Path:
    return embedded.state_dir() / "running.json"
