"""What people tell us of a listing, and what proves it."""
