"""What the demonstration network is made of: people, houses, services."""
