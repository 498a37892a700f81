"""Kinds of messages that only the chat carries."""

from __future__ import annotations

#: A country that somebody chose has a new notice.
COUNTRY_NOTICE = "country_notice"
