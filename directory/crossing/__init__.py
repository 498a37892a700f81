"""What crosses from the private side, and in which shape."""
