"""What happens on its map: stories, voices, journeys, notices."""
