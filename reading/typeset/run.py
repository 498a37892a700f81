"""Run as a program: JSON in, PDF out, pictures of its pages behind it. Knows neither Django nor the database.

It limits itself before it reads anything: what grows beyond that ends, and takes nobody along. Where the machine
allows no limits of its own (a unit without @resources), those of the service and the patience of its caller hold.

The answer is one line of JSON, how long each part is and what the layout says of itself, and then the parts.
"""

import json
import resource
import sys
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
CPU_SECONDS = 8
MEMORY = 1024 * 1024 * 1024
LONGEST = 1024 * 1024
#: Dots an inch of a picture, which shows how it will look and is not for reading.
DOTS = 84.0


def limit() -> None:
    for what, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def in_pieces(made: bytes | list[bytes] | None) -> list[bytes]:
    return made if isinstance(made, list) else [made or b""]


def main(layout: str, pictures: int) -> None:
    limit()
    import typst

    def printer(told: object) -> typst.Compiler:
        return typst.Compiler(
            str(HERE / layout),
            root=str(HERE),
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(told)},
        )

    told = json.loads(sys.stdin.buffer.read(LONGEST))
    whole = printer(told)
    parts = in_pieces(whole.compile(pdf_standards=["ua-1"]))
    said = json.loads(whole.query("<said>", field="value", one=True))
    if pictures:
        # The first pages are made of the first words: all pages as pictures take longer than the file.
        drawn = printer({**told, "only": told["seen"]}).compile(format="png", ppi=DOTS)
        parts += in_pieces(drawn)[:pictures]
    head = json.dumps({"parts": [len(part) for part in parts], "said": said})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(parts))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
