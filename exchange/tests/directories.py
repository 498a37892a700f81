"""Other directories on this machine: HSDS 3 behind a real socket, tables of HSDS 1.1, and what they say."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from exchange.sources import keeping, working
from exchange.sources.models import SourceReading
from verification.tests.sites import Server

BASE = "http://directory.example/hsds/"


def told(number: int, **more: object) -> dict[str, object]:
    """A service of HSDS 3 with everything below it."""
    key = f"00000000-0000-4000-8000-{number:012}"
    place = {"id": f"l{number}", "location_type": "physical", "name": "Centre", "latitude": 41.7151,
             "longitude": 44.8271, "addresses": [{"address_1": f"Rustaveli {number}", "city": "Tbilisi",
             "state_province": "", "postal_code": "", "country": "GE", "address_type": "physical"}]}  # fmt: skip
    return {
        "id": key, "name": f"Testing {number}", "description": "<p>Come in</p>", "status": "active",
        "url": "https://directory.example/s", "email": "info@directory.example",
        "organization": {"id": "o1", "name": "Partner", "description": "Partner", "website": "https://partner.example"},
        "attributes": [{"taxonomy_term": {"code": "HT", "name": "HIV testing", "taxonomy": "Theirs"}}],
        "languages": [{"code": "ru"}, {"name": "Klingon"}], "cost_options": [{"amount": 0}],
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00+04:00", "closes_at": "17:00+04:00"},
                      {"freq": "MONTHLY", "byday": "1SA", "opens_at": "10:00", "closes_at": "12:00"}],
        "service_at_locations": [{"id": f"at{number}", "location": place,
                                  "phones": [{"number": "+995 32 212 34 56"}]}],
        "contacts": [{"name": "Anna Secret", "title": "Nurse", "phones": [{"number": "+995 599 00 00 00"}]}],
        **more,
    }  # fmt: skip


class Directory(Server):
    """HSDS 3 behind a real socket: pages of `size`, cut off after `breaks` of them."""

    def __init__(self) -> None:
        super().__init__()
        self.services: list[dict[str, object]] = []
        self.size, self.breaks, self.knows_full = 2, 0, True

    def speak(self, connection) -> None:
        head = connection.recv(8192).decode("latin-1")
        path = head.split(" ")[1]
        self.asked.append(path)
        self.heads.append(head)
        connection.sendall(self.answer(urlsplit(path)))

    def answer(self, parts) -> bytes:
        if parts.path in self.pages:
            return bytes(self.pages[parts.path])  # type: ignore[call-overload, no-any-return]  # an answer as it goes
        if parts.path.endswith("/"):
            return page({"version": "3.1.1"})
        if found := re.fullmatch(r"/hsds/services/(.+)", parts.path):
            return page(next(one for one in self.services if one["id"] == found[1]))
        asked = parse_qs(parts.query)
        if "full" in asked and not self.knows_full:
            return b"HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n"
        number = int(asked["page"][0])
        if self.breaks and number > self.breaks:
            return b""
        some = self.services[(number - 1) * self.size : number * self.size]
        if "full" not in asked:
            some = [{name: one[name] for name in ("id", "name", "status")} for one in some]
        return page({"contents": some, "total_pages": -(-len(self.services) // self.size), "empty": not some})


def page(found: object) -> bytes:
    """As servers of today send it: in pieces, with the line kept open."""
    body = json.dumps(found).encode()
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def answered(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


PHONE = {"channel": "phone", "value": "+995322123456", "label": {}, "languages": [], "hours_note": {},
         "is_crisis": False, "audience": "clients", "person": ""}  # fmt: skip
OLD = {  # HSDS 1.1, names of tables and columns of 2018
    "organization.csv": "id,name,description\no1,Partner,Helps",
    "service.csv": "id,organization_id,name,status,fees\n1,o1,Testing,active,Free\n2,o1,Old,defunct,\n",
    "location.csv": "id,organization_id,name,latitude,longitude\nl1,o1,Centre,41.7151,44.8271\n",
    "service_at_location.csv": "id,service_id,location_id\nat1,1,l1\n",
    "physical_address.csv": "id,location_id,address_1,city,country\na,l1,Rustaveli 1,Tbilisi,GE",
    "phone.csv": "id,location_id,number,type\np,l1,'+995322123456,voice\n",
    "regular_schedule.csv": "id,service_id,weekday,opens_at,closes_at\nr,1,Monday,09:00,18:00\nq,1,2,09:00,18:00\n",
    "taxonomy.csv": "id,name,vocabulary\nt1,HIV testing,Theirs\n",
    "service_taxonomy.csv": "id,service_id,taxonomy_id\nx,1,t1\n",
}


def zipped(tables: Mapping[str, str | bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in tables.items():
            package.writestr(name, text)
    file.seek(0)
    return file


def at_once(key: int, _language: str) -> None:
    working.work(key)


def taken(source, read) -> SourceReading:
    return read(keeping.apply, read(keeping.read, source))
