"""How long an import of many rows takes, and how much memory: `python -m bench.imports [--rows 15000]`.

The table is generated: a fifth as many organisations, half as many places, a phone for each row, texts of some
hundred letters, hours, coordinates around real cities. Every step is a process of its own, like the operator's.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import subprocess
import time
from pathlib import Path

from tools.local import environment
from tools.local.cluster import Cluster
from tools.local.paths import ROOT
from tools.local.suite import database, manage, manage_now

FOLDER = ROOT / "var" / "bench"
HEAD = ("id", "organization", "website", "title", "kind", "text", "city", "address", "lat", "lon", "phone", "days",
        "opens", "closes")  # fmt: skip
CITIES = (("Тбилиси", 41.72, 44.79), ("Батуми", 41.64, 41.64), ("Кутаиси", 42.27, 42.69), ("Рустави", 41.55, 44.99))
WORDS = [
    "помощь",
    "запись",
    "приём",
    "тест",
    "бесплатно",
    "анонимно",
    "документы",
    "врач",
    "консультация",
    "группа",
    "вечером",
    "ежедневно",
    "рядом",
]
MAPPING = """\
source: bench
id: id
organization: {id: organization, name: organization, website: website, registration_country: {value: GE}}
location:
  id: [city, address]
  name: address
  address: address
  city: city
  country: {value: GE}
  point: {lon: lon, lat: lat}
service:
  title: title
  text: text
  types: {from: kind, split: ',', map: {test: hiv_rapid_test, tea: drop_in, law: asylum_protection}}
listing:
  hours: {days: {from: days, map: {week: [0, 1, 2, 3, 4], sat: 5}}, opens: opens, closes: closes}
contacts:
  - {channel: {value: phone}, value: phone}
"""


def generate(path: Path, rows: int) -> None:
    """The same table for the same number of rows."""
    rng = random.Random(rows)  # noqa: S311  (a table to measure with)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(rows):
            owner, place = number % max(rows // 5, 1), number % max(rows // 2, 1)
            city, lat, lon = CITIES[owner % len(CITIES)]
            writer.writerow([
                f"B-{number}", f"Организация {owner}", f"org{owner}.example.org", f"Услуга {number}",
                rng.choice(("test", "tea", "law", "test,tea")), " ".join(rng.choices(WORDS, k=30)), city,
                f"ул. {WORDS[place % len(WORDS)]}, {place}", round(lat + rng.uniform(-0.05, 0.05), 5),
                round(lon + rng.uniform(-0.05, 0.05), 5), f"+995 32 2{number % 1000000:06d}",
                rng.choice(("week", "sat")), "9:00", rng.choice(("17:00", "20:30")),
            ])  # fmt: skip


def timed(step: str, rows: int, command: list[str], where: dict[str, str]) -> float:
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=where, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    per_row = 1000 * seconds / rows
    print(  # noqa: T201
        f"{step:<28} {rows:>6} rows  {seconds:6.1f} s  {per_row:5.1f} ms a row  processor {busy:6.1f} s  "
        f"most memory so far {after.ru_maxrss // 1024} MB  lines said {len(done.stdout.splitlines())}",
        flush=True,
    )
    return per_row


def measure(rows: int) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "mapping.yml").write_text(MAPPING, encoding="utf-8")
    with database() as cluster:
        if cluster is None:
            raise SystemExit("This measures in the private cluster; DATABASE_URL names another.")
        tenth = steps(cluster, rows // 10, ("a tenth",))
        paces = steps(cluster, rows, ("all", "the same file again"))
    ratios = f"a row of all / a row of a tenth: {paces[0] / tenth[0]:.2f}; again / first: {paces[1] / paces[0]:.2f}"
    print(ratios)  # noqa: T201


def steps(cluster: Cluster, rows: int, names: tuple[str, ...]) -> list[float]:
    """Import the same table as often as there are names, in a database of its own."""
    database = "bench"
    cluster.drop_database(database)
    cluster.create_database(database)
    where = environment.variables(DJANGO_SETTINGS_MODULE="servicemap.settings.test", SERVICEMAP_DB=database)
    try:
        manage_now("migrate", "--no-input", "--verbosity=0", SERVICEMAP_DB=database)
        manage_now("load_vocabulary", SERVICEMAP_DB=database)
        generate(FOLDER / "table.csv", rows)
        command = manage("import_listings", str(FOLDER / "table.csv"), "--mapping", str(FOLDER / "mapping.yml"))
        return [timed(name, rows, command, where) for name in names]
    finally:
        cluster.drop_database(database)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=15_000)
    measure(parser.parse_args().rows)


if __name__ == "__main__":
    main()
