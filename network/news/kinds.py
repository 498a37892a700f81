"""Kinds of letters about what the network tells, in the outbox of people who have an account."""

from __future__ import annotations

#: The digest of a month for members; a danger in a country that a person chose.
NEWS_DIGEST, COUNTRY_DANGER = "news_digest", "news_danger"
