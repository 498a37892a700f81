"""The file of a network: read whole, or refused with every fault, its key and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.local import network_file
from tools.local.network_file import FIRST, ROOT, NetworkFileError, chosen, read
from tools.local.serve import take_network
from tools.local.shell import Failure

SECOND = ROOT / "fixtures" / "networks" / "lantern.toml"
GOOD = """
code = "harbour"
source = "en"
countries = ["IT", "GR"]
[name]
en = "Harbour"
ru = "Гавань"
"""


def _written(folder: Path, words: str) -> Path:
    path = folder / "harbour.toml"
    path.write_text(words, encoding="utf-8")
    return path


def test_the_first_network_is_where_nothing_is_named() -> None:
    assert chosen({}) == FIRST and chosen({"NETWORK_FILE": " "}) == FIRST
    assert chosen({"NETWORK_FILE": "fixtures/networks/lantern.toml"}) == SECOND


def test_the_first_network_keeps_its_database_its_folder_and_its_cookies() -> None:
    first = read(FIRST)
    assert (first.database, first.login, first.place) == ("servicemap", "servicemap", Path("var"))
    assert first.cookie("sessionid") == "sessionid"


def test_another_network_has_everything_of_its_own() -> None:
    second = read(SECOND)
    assert (second.database, second.login) == ("servicemap_lantern", "servicemap_lantern")
    assert second.place == Path("var/networks/lantern")
    assert second.cookie("sessionid") == "lantern-sessionid"


def test_a_list_that_the_network_has_not_is_the_common_one() -> None:
    second = read(SECOND)
    assert second.vocabulary is not None
    assert second.vocabulary_file("service_types.json").parent == second.vocabulary
    assert second.vocabulary_file("other_maps.json") == ROOT / "fixtures" / "vocabulary" / "other_maps.json"


def test_a_short_file_is_enough(tmp_path: Path) -> None:
    found = read(_written(tmp_path, GOOD))
    assert (found.code, found.source, found.countries, found.brand) == ("harbour", "en", ("IT", "GR"), "teal")
    assert found.vocabulary is None and found.demonstration is None and not found.clocks


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('code = "harbour"', "", "code: write 2 to 20"),
        ('code = "harbour"', 'code = "Harbour-1"', "code: write 2 to 20"),
        ('code = "harbour"', 'code = "reader"', "code: write 2 to 20"),
        ('source = "en"', 'source = "de"', "source: write the language"),
        ('source = "en"', 'sorce = "en"', "sorce: there is no such key"),
        ('["IT", "GR"]', "[]", "countries: write ISO codes"),
        ('["IT", "GR"]', '["IT", "Greece"]', "countries: write ISO codes"),
        ('["IT", "GR"]', '["IT", "GR", "IT"]', "countries: IT stands there twice"),
        ('source = "en"', 'source = "en"\nhigh_risk = "TR"', "high_risk: write ISO codes"),
        ('ru = "Гавань"', "", "name.ru: write the network's name"),
        ("[name]", "[called]", "name: write the network's name"),
        ('source = "en"', 'source = "en"\nbrand = "pink"', "brand: write one of teal"),
        ('source = "en"', 'source = "en"\naddress = "map.org/"', 'address: write "https://…"'),
        ('source = "en"', 'source = "en"\nemail = "map"', "email: write an address"),
        ('source = "en"', 'source = "en"\nvocabulary = "no/such"', "vocabulary: there is no folder no/such"),
        ('source = "en"', 'source = "en"\nvocabulary = 3', "vocabulary: there is no folder 3"),
        ('source = "en"', 'source = "en"\nwordmark = "Harbour"', "wordmark: write a table"),
        ("[name]", "[clocks]\nD = {}\n[name]", "clocks.D: there is no such class"),
        ("[name]", "[clocks.A]\nhide_days = 3\n[name]", "clocks.A.recheck_months: write this number too"),
        ("[name]", "[clocks.A]\nhide_days = -1\n[name]", "clocks.A.hide_days: write a whole number"),
        ("[name]", "[clocks.A]\nnotice_days = 7\n[name]", "clocks.A.notice_days: write numbers in brackets"),
        ("[name]", "[clocks.A]\nhidden = 7\n[name]", "clocks.A.hidden: there is no such key"),
        ("[name]", "[name", "This is not TOML"),
    ],
)
def test_what_cannot_be_is_told_by_its_key(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    assert was in GOOD
    with pytest.raises(NetworkFileError) as refused:
        read(_written(tmp_path, GOOD.replace(was, becomes)))
    assert any(fault.startswith(told) for fault in refused.value.faults), refused.value.faults


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(NetworkFileError) as refused:
        read(_written(tmp_path, "brand = 1\n"))
    assert len(refused.value.faults) == 5
    assert "harbour.toml is not a network's file yet" in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NetworkFileError, match="There is no such file"):
        read(tmp_path / "none.toml")


def test_every_network_that_is_shipped_can_be_run() -> None:
    shipped = sorted((ROOT / "fixtures" / "networks").glob("*.toml"))
    assert len(shipped) == 2
    codes = [network_file.read(path).code for path in shipped]
    assert codes == [path.stem for path in shipped]


def test_a_copy_of_the_first_file_does_not_open_its_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("NETWORK_FILE", "")
    copy = tmp_path / "copy.toml"
    copy.write_text(FIRST.read_text().replace('demonstration = "../demo"\n', ""))
    with pytest.raises(Failure, match="Write another code into"):
        take_network(str(copy))
