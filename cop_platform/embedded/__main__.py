"""`python -m cop_platform.embedded start | stop | run COMMAND ...`.

`run` keeps the servers up while the command runs, for programs that do not go by manage.py.
"""

from __future__ import annotations

import subprocess
import sys

from cop_platform import embedded

USAGE = "python -m cop_platform.embedded start | stop | run COMMAND ..."


def main(arguments: list[str]) -> int:
    """Does what the arguments say and gives the exit code."""
    match arguments:
        case ["start"]:
            embedded.start()
        case ["stop"]:
            embedded.stop()
        case ["run", *command] if command:
            with embedded.serving():
                return _run(command)
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


def _run(command: list[str]) -> int:
    with subprocess.Popen(command) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                # The terminal sent it to the command as well, which ends in its own order.
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
