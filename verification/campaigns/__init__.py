"""Many listings are looked at once more, together and by a day: which ask what, and what came of each."""
