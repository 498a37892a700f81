"""bin/NAME … is ``python3 -m tools.local NAME …``."""

import os
import sys
from collections.abc import Callable

from tools.local import drills, environment, prepare, serve, suite
from tools.local.paths import ROOT
from tools.local.shell import Failure, complain


def manage(arguments: list[str]) -> int:
    """manage.py inside the environment, with the private database running; makes both on the first call."""
    prepare.bring_packages()
    environment.prepare()
    prepare.start_database()
    os.execve(  # noqa: S606  (our own interpreter, no shell wanted)
        environment.PYTHON,
        [str(environment.PYTHON), str(ROOT / "manage.py"), *arguments],
        environment.variables(),
    )


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "manage": manage,
    "serve": serve.main,
    "test": suite.test,
    "check": suite.check,
    "drill": drills.main,
}


def main() -> int:
    os.environ.pop("PYTHONPATH", None)  # it was for this process alone
    try:
        return COMMANDS[sys.argv[1]](sys.argv[2:])
    except Failure as failure:
        complain(str(failure))
        return 1
    except PermissionError as error:
        complain(f"{error.filename}: no permission. Was this checkout prepared by another user, root for example?")
        return 1
    except KeyboardInterrupt:
        return 130
