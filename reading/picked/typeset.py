"""Run as a program: JSON in, PDF out. Knows neither Django nor the database.

It limits itself before it reads anything: what grows beyond that ends, and takes nobody along.
"""

import resource
import sys
from pathlib import Path

HERE = Path(__file__).parent
CPU_SECONDS = 8
MEMORY = 1024 * 1024 * 1024
LONGEST = 512 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
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
