"""Long work sweeps after each piece, and leaves the collector as it was."""

import gc
import weakref

import pytest

from core.database.sweeping import swept_by_hand


class Knot:
    def __init__(self):
        self.me = self


def test_garbage_goes_after_a_piece_and_what_stays_is_not_looked_at_again():
    with swept_by_hand() as sweep:
        assert not gc.isenabled()
        kept, gone = Knot(), weakref.ref(Knot())
        assert gone() is not None
        sweep()
        assert gone() is None
        assert not any(one is kept for one in gc.get_objects())
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_a_failure_leaves_the_collector_on():
    with pytest.raises(ValueError, match="on the way"), swept_by_hand():
        raise ValueError("on the way")
    assert gc.isenabled() and gc.get_freeze_count() == 0
