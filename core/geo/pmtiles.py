"""What a PMTiles 3 file says of itself: 127 bytes of header, then metadata (github.com/protomaps/PMTiles, spec v3)."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

MAGIC = b"PMTiles\x03"
HEADER = 127
VECTOR = 1
_PLAIN, _GZIP = 1, 2
#: Metadata of a planet are some kilobytes; what says more of itself is something else.
MOST_METADATA = 4_000_000


class NotTiles(Exception):
    """The file is not what it should be; the words say how."""


def vector_layers(path: Path) -> frozenset[str]:
    """The names of the layers of a file of vector tiles. Raises NotTiles."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
            if len(header) < HEADER or not header.startswith(MAGIC):
                raise NotTiles("it is not a PMTiles 3 file")
            if header[99] != VECTOR:
                raise NotTiles("its tiles are not vector tiles")
            file.seek(int.from_bytes(header[24:32], "little"))
            metadata = file.read(min(int.from_bytes(header[32:40], "little"), MOST_METADATA))
    except OSError as error:
        raise NotTiles(f"it cannot be read ({type(error).__name__})") from error
    return _layers(metadata, header[97])


def _layers(metadata: bytes, compression: int) -> frozenset[str]:
    if compression not in (_PLAIN, _GZIP):
        raise NotTiles("what it says of itself is compressed neither by gzip nor not at all")
    try:
        told = json.loads(gzip.decompress(metadata) if compression == _GZIP else metadata)
        return frozenset(str(layer["id"]) for layer in told["vector_layers"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise NotTiles("what it says of its layers cannot be read") from error
