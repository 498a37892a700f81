"""What stands beside our index says the same as it, and what cannot be had is told. Nothing is fetched here."""

import pytest
from django.core.management import call_command

from bench import paths
from bench.peers import choosing
from bench.peers.installing import Missing

SIZE, ROUNDS = 200, 1


def run(*peers: str) -> dict[str, choosing.PeerFigures]:
    beside = choosing.OnesBeside(SIZE, peers, ROUNDS, lambda line: None)
    paths.measured(SIZE, [], ROUNDS, lambda line: None, beside.inside)
    beside.outside()
    return {peer: figures for peer, by_path in beside.told.items() for figures in by_path.values()}


@pytest.mark.django_db
def test_peers_in_process_say_what_the_index_says():
    call_command("load_vocabulary", verbosity=0)
    told = run("postgis", "geography", "geography-ids", "hello")
    assert {peer: figures.get("equal") for peer, figures in told.items()} == dict.fromkeys(told, True), told
    assert set(told) == {"postgis", "geography", "geography-ids", "hello"}
    assert all(figures["ratio"] > 0 and figures["ours_p50_ms"] > 0 for figures in told.values())


@pytest.mark.django_db
def test_a_peer_that_cannot_be_had_is_told_and_the_rest_runs(monkeypatch):
    def away(peer):
        raise Missing("the registry does not answer")

    monkeypatch.setattr("bench.peers.whole.bring_folder", away)
    told = run("drf-gis", "postgis")
    assert told["drf-gis"] == {"not_run": "the registry does not answer"}
    assert told["postgis"]["equal"]
    text = choosing.table({"drf-gis": {"list": told["drf-gis"]}, "postgis": {"map": told["postgis"]}})
    assert "drf-gis: not run. the registry does not answer" in text and "Django + PostGIS" in text


def test_peers_are_chosen_by_name_and_by_path():
    assert choosing.chosen("all", ["nearest"]) == ["geography", "geography-ids"]
    assert choosing.chosen("tipg,postgis", ["list", "map"]) == ["tipg", "postgis"]
    with pytest.raises(ValueError, match="no such peer: martin"):
        choosing.chosen("martin", ["map"])
