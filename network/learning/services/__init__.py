"""What can be done in learning. Nothing else writes the rows."""

from network.learning.services.after import answer, heard
from network.learning.services.coming import accept, ask, invite, withdraw
from network.learning.services.holding import call_off, complete, mark
from network.learning.services.offering import (
    add_trainer,
    approve,
    end,
    give_back,
    look_through,
    offer_centre,
    offer_material,
    offer_training,
    remove_trainer,
)

__all__ = [
    "accept",
    "add_trainer",
    "answer",
    "approve",
    "ask",
    "call_off",
    "complete",
    "end",
    "give_back",
    "heard",
    "invite",
    "look_through",
    "mark",
    "offer_centre",
    "offer_material",
    "offer_training",
    "remove_trainer",
    "withdraw",
]
