"""The operators' screens, all in one place: a screen may need what lies above its model (publication, accounts)."""

from servicemap.admin import content, messaging, people, verification, vocabulary

__all__ = ["content", "messaging", "people", "verification", "vocabulary"]
