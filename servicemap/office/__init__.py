"""The operators' back office: its door and its front page."""
