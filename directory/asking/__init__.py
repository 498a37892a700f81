"""One function per question of a reader."""
