"""Memory of long work: garbage is looked for after each piece of it, among what the piece has made."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def swept_by_hand() -> Iterator[Callable[[], None]]:
    """Inside, nothing looks for garbage but the function that this yields; to be called after each piece.

    Python looks through everything that lives, again and again, while hundreds of thousands of rows and their parts
    come to stay: a third of the processor's time of an import. What outlived a piece is not looked at again.
    """

    def sweep() -> None:
        gc.collect()
        gc.freeze()

    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()  # what was there before stays
    try:
        yield sweep
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()
