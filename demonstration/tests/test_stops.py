"""Stops of the fictional network. No database."""

from core.ids import ALPHABET, LENGTH
from demonstration.making.content import read_content


def test_a_stop_keeps_the_name_by_which_it_is_called_off_for_all_services():
    """What is no public id gets a new one for each service, and a stop that is off would be off for one of them."""
    found = [
        stop["id"] for house in read_content().houses for spot in house.spots for stop in spot.data.get("stops", [])
    ]
    assert found and not [one for one in found if len(one) != LENGTH or set(one) - set(ALPHABET)]
