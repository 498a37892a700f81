"""bin/drill: what a drill needs is brought through the same doors as for bin/test, then it runs in our environment."""

import os
import shutil

from tools.local import environment, packages
from tools.local.packages import POSTGIS, Need
from tools.local.paths import ROOT

SBIN = f"{os.pathsep}/usr/sbin{os.pathsep}/sbin"


def has(*programs: str) -> bool:
    return all(shutil.which(name, path=packages.search_path() + SBIN) for name in programs)


MACHINE = Need(
    "debootstrap and systemd-nspawn",
    lambda: has("debootstrap", "systemd-nspawn", "nsenter"),
    ("debootstrap", "systemd-container"),
)
AGE = Need("age", lambda: has("age-keygen"), ("age",))
#: By the drill; `all` needs all of it. nginx and promtool are unpacked, for installed they would answer at their ports.
NEEDS: dict[str, tuple[Need, ...]] = {
    "host": (MACHINE, AGE), "deploy": (MACHINE, AGE), "restore": (MACHINE, AGE), "country": (MACHINE,),
    "migrate": (POSTGIS,), "lock": (POSTGIS,), "standby": (POSTGIS,),
}  # fmt: skip
UNPACKED = frozenset({"cache", "takedown", "alerts"})


def main(arguments: list[str]) -> int:
    environment.prepare()
    asked = {*NEEDS, *UNPACKED} if "all" in arguments else set(arguments)
    packages.bring(*dict.fromkeys(need for name in NEEDS if name in asked for need in NEEDS[name]))
    if asked & UNPACKED:
        packages.bring_tried_with()
    variables = environment.variables()
    variables["PATH"] += SBIN
    os.chdir(ROOT)
    os.execve(environment.PYTHON, [str(environment.PYTHON), "-m", "deploy.drills", *arguments], variables)  # noqa: S606
