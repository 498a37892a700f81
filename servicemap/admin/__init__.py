"""The operators' screens, all in one place: a screen may need what lies above its model (publication, accounts)."""

from servicemap.admin import attributes, content, jobs, messaging, people, verification, vocabulary

__all__ = ["attributes", "content", "jobs", "messaging", "people", "verification", "vocabulary"]
