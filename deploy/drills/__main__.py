"""bin/drill NAME…|all [--fault NAME]: runs drills, prints their numbers, ends with 1 when a promise is broken."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from deploy.drills import alerts, changeover, country, host, proxy, restore, stand, standby, tables

DRILLS: dict[str, Callable[[Path, str], proxy.DrillReport]] = {
    "cache": proxy.cache, "takedown": proxy.takedown, "alerts": alerts.alerts,
    "migrate": tables.migrate, "lock": tables.lock, "standby": standby.standby,
    "host": host.host, "deploy": changeover.deploy, "restore": restore.restore,
    "country": country.country,
}  # fmt: skip


def main() -> int:
    asked = argparse.ArgumentParser(prog="bin/drill", description=__doc__)
    asked.add_argument("names", nargs="+", choices=[*DRILLS, "all"])
    faults = [
        "",
        *stand.FAULTS,
        *alerts.FAULTS,
        *host.FAULTS,
        *changeover.FAULTS,
        *restore.FAULTS,
        *tables.FAULTS,
        *standby.FAULTS,
    ]
    asked.add_argument("--fault", default="", choices=faults, help="break it first: the drill must say so")
    given = asked.parse_args()
    broken = 0
    for name in DRILLS if "all" in given.names else given.names:
        with tempfile.TemporaryDirectory(prefix="drill-") as folder:
            report = DRILLS[name](Path(folder), given.fault)
        lines = [f"{name}: {'BROKEN' if report.broken else 'kept'}"]
        for what, value in report.numbers.items():
            lines.append(f"  {what}: {value}{'   ← too much' if f'{what}: {value}' in report.broken else ''}")
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        broken += bool(report.broken)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
