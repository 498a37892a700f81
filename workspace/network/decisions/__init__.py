"""Who decides, what holds, what is under way, votes and meetings."""
