"""Files that people hand in or take along."""
