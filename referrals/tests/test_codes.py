"""Every single slip and every swap of neighbours in a code is noticed; look-alikes of another alphabet are taken."""

from __future__ import annotations

from core.ids import ALPHABET
from referrals.codes import LENGTH, new_code, read_code, shown


def test_every_slip_of_one_letter_and_every_swap_is_noticed():
    for _number in range(20):
        code = new_code()
        assert read_code(code) == code and len(code) == LENGTH
        slips = {code[:at] + other + code[at + 1 :] for at in range(LENGTH) for other in ALPHABET} - {code}
        swaps = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(LENGTH - 1)} - {code}
        assert not [wrong for wrong in slips | swaps if read_code(wrong)]


def test_it_is_read_as_people_write_it():
    code = new_code()
    cyrillic = code.upper().translate(str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ"))
    assert [read_code(text) for text in (shown(code), code.upper(), f" {code[:3]}-{code[3:]} ", cyrillic)] == [code] * 4
    assert [read_code(text) for text in ("", "привет", code[:-1], code + "a", "0" * LENGTH)] == [""] * 5
