"""bin/* → python3 -m servicemap.local COMMAND …"""

import os
import sys

from servicemap.local.cluster import start_cluster
from servicemap.local.paths import ROOT, current_profile, database_name
from servicemap.local.shell import Failure, complain


def manage(arguments: list[str]) -> int:
    """manage.py inside the environment, with the private database running."""
    if not os.environ.get("DATABASE_URL"):
        found = start_cluster(current_profile())
        if found is None:
            raise Failure("no postgres with postgis")
        found[0].create_database(database_name())
    python = ROOT / ".venv" / "bin" / "python"
    os.execv(python, [str(python), str(ROOT / "manage.py"), *arguments])


COMMANDS = {"manage": manage}


def main() -> int:
    os.environ.pop("PYTHONPATH", None)
    try:
        return COMMANDS[sys.argv[1]](sys.argv[2:])
    except Failure as failure:
        complain(str(failure))
        return 1
    except KeyboardInterrupt:
        return 130
