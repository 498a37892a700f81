"""What somebody may ask of us: all that is kept about them, all of one organisation, and to be forgotten."""
