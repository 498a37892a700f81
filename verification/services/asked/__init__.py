"""What comes from outside and is answered: calls, reports, suggestions, stops called off."""
