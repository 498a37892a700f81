"""Short forms of drills: shipped files keep their promises, and each drill can fail."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from deploy.drills import alerts, proxy, stand, tables
from deploy.drills.__main__ import DRILLS
from tools.local.drills import NEEDS, UNPACKED

needs_nginx = pytest.mark.skipif(
    not shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"), reason="no nginx on this machine"
)
#: The product's header with shorter times: one second fresh, one while a newer one is fetched, one while it is broken.
SHORT = "public, max-age=1, s-maxage=1, stale-while-revalidate=1, stale-if-error=1"


@needs_nginx
def test_a_cold_crowd_is_one_request_and_whoever_is_somebody_is_answered_by_the_product(tmp_path: Path) -> None:
    report = proxy.cache(tmp_path, many=200)
    assert len(report.numbers) == 8 and not report.broken


@needs_nginx
@pytest.mark.parametrize("fault", ["crowd", "anybody", "addresses"])
def test_the_drill_notices(tmp_path: Path, fault: str) -> None:
    assert proxy.cache(tmp_path, fault, many=50).broken


@needs_nginx
def test_what_is_hidden_is_gone_and_stays_gone(tmp_path: Path) -> None:
    assert not proxy.takedown(tmp_path, caching=SHORT, within=4).broken


@needs_nginx
def test_advice_that_shows_the_hidden_for_ever_is_noticed(tmp_path: Path) -> None:
    broken = proxy.takedown(tmp_path, "stale", SHORT, within=4, cases=proxy.CASES[:1]).broken
    assert any("asked all the time: seconds until gone" in one for one in broken)


@needs_nginx
def test_one_address_has_only_so_many_booklets_prepared(tmp_path: Path) -> None:
    with stand.standing(tmp_path, SHORT) as found:
        asked = [found.get(f"/ru/booklets/?country=ge&city={number}&form=a6")[0] for number in range(30)]
        assert asked.count(200) == 21 and found.get("/fa-af/booklets/booklet.pdf?form=a6")[0] == 429
        others = ("/ru/booklets/?country=ge", "/ru/booklets/page-1.png?form=a6", "/ru/")
        assert {found.get(path)[0] for path in others} == {200}


@needs_nginx
def test_one_who_floods_is_refused_and_nobody_else_is_and_the_product_is_asked_as_often_as_promised(
    tmp_path: Path,
) -> None:
    """With the limits as shipped: pages that are kept, pages that are not, doors in every language."""
    with stand.standing(tmp_path, SHORT, limited=True) as found:
        began, refused = time.monotonic(), 0
        for path, burst, each_second in (("/ru/workspace/?n={}", 60, 30), ("/uz/accounts/login/?n={}", 20, 1 / 3)):
            found.application.asked.clear()
            since = time.monotonic()
            with ThreadPoolExecutor(16) as crowd:
                told = Counter(crowd.map(lambda number, path=path: found.get(path.format(number))[0], range(400)))
            most = burst + 1 + each_second * (time.monotonic() - since) + 1
            assert set(told) <= {200, 429} and len(found.application.asked) == told[200] <= most
            refused = told[429]
            others = [found.get(path.format(number), whose="127.0.0.2")[0] for number in range(5)]
            assert others == [200] * 5
        assert refused > 300 or time.monotonic() - began > 200


def test_doors_and_pages_are_those_of_every_language() -> None:
    """What names two languages leaves the doors of the others without a limit."""
    text = stand.SHIPPED.read_text()
    assert "ru|en" not in text
    (doors,) = re.findall(r"location ~ (\S*accounts\S*) ", text)
    for code, _name in settings.LANGUAGES:
        assert re.match(doors, f"/{code}/accounts/login/"), code


def test_the_file_shows_no_stale_answer_of_its_own_will_and_overrides_no_header_of_the_others() -> None:
    lines = [line for line in stand.SHIPPED.read_text().splitlines() if not line.strip().startswith("#")]
    text = "\n".join(lines)
    assert "proxy_cache_use_stale" not in text and "Cache-Control" not in text
    locations = re.findall(r"location [^{]+\{([^}]*)\}", text)
    assert len(locations) == 5 and not any("proxy_set_header" in one for one in locations)


@pytest.mark.skipif(not alerts.promtool(), reason="no promtool on this machine")
def test_alarms_ring_when_they_should_and_one_that_is_deaf_is_noticed(tmp_path: Path) -> None:
    assert not alerts.alerts(tmp_path).broken
    assert alerts.alerts(tmp_path, "deaf").broken


@pytest.fixture
def address(db: None) -> str:
    """The database of the tests, for programs beside."""
    found = connection.settings_dict
    return f"host={found['HOST']} port={found['PORT']} user={found['USER']} dbname={found['NAME']}"


def test_a_reader_who_takes_long_makes_the_others_wait_for_half_a_second_at_most(address: str) -> None:
    kept = tables.waits(address, hold=1.8)
    assert kept.code == 0 and kept.tries > 1 and kept.longest < tables.LONGEST_WAIT
    assert tables.waits(address, hold=1.8, fault="patient").longest > tables.LONGEST_WAIT


@pytest.mark.django_db
def test_the_tables_of_the_tests_were_made_by_a_plain_login() -> None:
    """As docs/operations says: what needs more is in docker/roles.sql, and `bin/drill migrate` begins from nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,)
        cursor.execute(
            "SELECT DISTINCT tableowner = current_user FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'"
        )
        assert cursor.fetchall() == [(True,)]


def test_of_each_drill_is_said_what_it_needs() -> None:
    assert NEEDS.keys() | UNPACKED == DRILLS.keys()
    assert not NEEDS.keys() & UNPACKED
