"""What a page says where its language has no checked words."""
