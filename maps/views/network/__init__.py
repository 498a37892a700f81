"""What the network tells everybody beside its map."""
