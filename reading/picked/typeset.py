"""Run as a program: JSON in, PDF out. Knows neither Django nor the database.

It limits itself before it reads anything: what grows beyond that ends, and takes nobody along. Where the machine
allows no limits of its own (a unit without @resources), those of the service and the patience of its caller hold.
"""

import resource
import sys
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
CPU_SECONDS = 8
MEMORY = 1024 * 1024 * 1024
LONGEST = 512 * 1024


def limit() -> None:
    for what, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def main() -> None:
    limit()
    import typst

    told = sys.stdin.buffer.read(LONGEST).decode()
    made = typst.compile(
        str(HERE / "sheet.typ"),
        root=str(HERE),
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": told},
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
