"""Whose map this is: what NETWORK_FILE says, and what a deployment may say over it (docs/second-network.md)."""

import environ

from core.phrasing.own_words import in_words
from tools.local.network_file import current

env = environ.Env()

NETWORK = current()
NETWORK_NAME = in_words(NETWORK.name)
# Where people write who want to join or found a mistake.
NETWORK_EMAIL = env.str("NETWORK_EMAIL", NETWORK.email)
