"""The operators' screens, all in one place: a screen may need what lies above its model (publication, accounts)."""

from servicemap.admin import content, jobs, messaging, people, verification, vocabulary

__all__ = ["content", "jobs", "messaging", "people", "verification", "vocabulary"]
