"""What can be done in evaluation. Nothing else writes the rows."""

from network.evaluation.services.cycles import adopt, call_off, discuss, freeze, open_cycle, plan, publish
from network.evaluation.services.finding import correct, decline, find, recommend, take_up, withdraw
from network.evaluation.services.surveying import answer, hand_out, heard, turnout
from network.evaluation.services.values import Recomputed, add_value, changed, frozen_hash, now, recomputed_hash

__all__ = [
    "Recomputed",
    "add_value",
    "adopt",
    "answer",
    "call_off",
    "changed",
    "correct",
    "decline",
    "discuss",
    "find",
    "freeze",
    "frozen_hash",
    "hand_out",
    "heard",
    "now",
    "open_cycle",
    "plan",
    "publish",
    "recommend",
    "recomputed_hash",
    "take_up",
    "turnout",
    "withdraw",
]
