"""A part of a PMTiles 3 file as a file of its own: chosen tiles, each byte for byte as it was.

Reads and writes one directory, which is what a small file has (github.com/protomaps/PMTiles, spec v3).
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.geo.pmtiles import HEADER, MAGIC, NotTiles

_GZIP = 2
#: A directory in front of the file may be so long.
_MOST_ROOT = 16384 - HEADER

#: zoom, column, row.
Tile = tuple[int, int, int]
#: west, south, east, north in degrees.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class TileEntry:
    """`run` tiles from `id` on share one piece of data."""

    id: int
    run: int
    offset: int
    length: int


def tiles_of(boxes: Iterable[Box], zooms: Iterable[int]) -> set[Tile]:
    """Every tile that a box touches."""
    found: set[Tile] = set()
    for zoom in zooms:
        for west, south, east, north in boxes:
            left, top = _at(west, north, zoom)
            right, bottom = _at(east, south, zoom)
            found |= {(zoom, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
    return found


def cut(path: Path, tiles: Iterable[Tile]) -> bytes:
    """The file with these tiles and no other. Raises NotTiles."""
    data = path.read_bytes()
    header = data[:HEADER]
    if not header.startswith(MAGIC) or header[97] != _GZIP or _number(header, 48):
        raise NotTiles("it is not a PMTiles 3 file with one directory")
    root, metadata, body = (_part(data, at) for at in (8, 24, 56))
    entries = list(_entries(gzip.decompress(root)))
    kept, parts, offset = [], [], 0
    for id_ in sorted(tile_id(*tile) for tile in tiles):
        if found := _found(entries, id_):
            kept.append(TileEntry(id_, 1, offset, found.length))
            parts.append(body[found.offset : found.offset + found.length])
            offset += found.length
    directory = gzip.compress(_written(kept), mtime=0)
    if len(directory) > _MOST_ROOT:
        raise NotTiles("so many tiles need more than one directory")
    return _header(header, len(directory), len(metadata), offset, len(kept)) + directory + metadata + b"".join(parts)


def tile_id(zoom: int, x: int, y: int) -> int:
    """Its number: all tiles of lower zooms, then along Hilbert's curve."""
    number, side = ((1 << 2 * zoom) - 1) // 3, 1 << zoom >> 1
    while side:
        right, low = int(x & side > 0), int(y & side > 0)
        number += side * side * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side >>= 1
    return number


def _at(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    size = 1 << zoom
    north = math.asinh(math.tan(math.radians(max(min(lat, 85.0), -85.0)))) / math.pi
    column, row = int((lon + 180) / 360 * size), int((1 - north) / 2 * size)
    return max(0, min(column, size - 1)), max(0, min(row, size - 1))


def _found(entries: list[TileEntry], id_: int) -> TileEntry | None:
    low, high = 0, len(entries)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if entries[middle].id <= id_ else (low, middle)
    last = entries[low - 1] if low else None
    return last if last and id_ < last.id + last.run else None


def _entries(directory: bytes) -> Iterator[TileEntry]:
    numbers = _numbers(directory)
    count = next(numbers)
    steps, runs, lengths = ([next(numbers) for _each in range(count)] for _column in range(3))
    id_, end = 0, 0
    for step, run, length in zip(steps, runs, lengths, strict=True):
        id_, told = id_ + step, next(numbers)
        offset = told - 1 if told else end
        end = offset + length
        yield TileEntry(id_, run, offset, length)


def _written(entries: list[TileEntry]) -> bytes:
    ids = [entry.id for entry in entries]
    steps = [id_ - before for id_, before in zip(ids, [0, *ids], strict=False)]
    offsets = [entry.offset + 1 if index == 0 else 0 for index, entry in enumerate(entries)]
    columns = (steps, [entry.run for entry in entries], [entry.length for entry in entries], offsets)
    return b"".join([_varint(len(entries)), *(_varint(one) for column in columns for one in column)])


def _header(old: bytes, directory: int, metadata: int, body: int, tiles: int) -> bytes:
    after = HEADER + directory
    places = (HEADER, directory, after, metadata, after + metadata, 0, after + metadata, body, tiles, tiles, tiles)
    return old[:8] + b"".join(one.to_bytes(8, "little") for one in places) + old[96:HEADER]


def _part(data: bytes, at: int) -> bytes:
    offset = _number(data, at)
    return data[offset : offset + _number(data, at + 8)]


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 8], "little")


def _numbers(data: bytes) -> Iterator[int]:
    value, shift = 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value, shift = 0, 0


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])
