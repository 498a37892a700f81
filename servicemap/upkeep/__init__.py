"""What is forgotten, what came back from a copy, and what the release before still uses."""
