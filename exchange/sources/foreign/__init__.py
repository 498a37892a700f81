"""What another directory sends, in the shape that we read."""
