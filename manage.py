#!/usr/bin/env python
"""Django's commands, each with the embedded servers up while it runs."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

from django.core.management import execute_from_command_line

from cop_platform import embedded, running

# These read no row: starting servers for them would only cost time.
WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "validation_figures",
    "version",
}
# These ask the database if there is one, and answer without it too.
WITH_OR_WITHOUT = {"verify_file"}


def main(arguments: list[str]) -> None:
    """Runs the command of the command line."""
    running.adopt()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_platform.settings")
    # A plain SIGTERM would skip what stops the servers.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    if _needs_no_server(arguments):
        execute_from_command_line(arguments)
        return
    if arguments[1] in WITH_OR_WITHOUT:
        _run_with_what_is_there(arguments)
        return
    with embedded.serving():
        execute_from_command_line(arguments)


def _run_with_what_is_there(arguments: list[str]) -> None:
    """Starts servers only where they have data, and goes on where they do not start."""
    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL") and embedded.has_data():
            with contextlib.suppress(embedded.EmbeddedError):
                stack.enter_context(embedded.serving())
        execute_from_command_line(arguments)


def _needs_no_server(arguments: list[str]) -> bool:
    command = arguments[1] if len(arguments) > 1 else "help"
    if "--database" in arguments:
        return False
    return command in WITHOUT_SERVERS or not {"-h", "--help", "--version"}.isdisjoint(arguments)


if __name__ == "__main__":
    try:
        main(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
