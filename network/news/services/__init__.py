"""What people do with digests and subscriptions."""

from network.news.services.editing import assemble, move, put_back, save_opening, take_out
from network.news.services.sending import Recipients, recipients, send, take_off
from network.news.services.subscribing import (
    choose,
    choose_as_member,
    confirm,
    end,
    end_own,
    find,
    forget_unconfirmed,
    subscribe,
)

__all__ = [
    "Recipients",
    "assemble",
    "choose",
    "choose_as_member",
    "confirm",
    "end",
    "end_own",
    "find",
    "forget_unconfirmed",
    "move",
    "put_back",
    "recipients",
    "save_opening",
    "send",
    "subscribe",
    "take_off",
    "take_out",
]
