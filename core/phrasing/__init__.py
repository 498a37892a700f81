"""How a page puts values into the words of its language: dates, numbers, names, sums."""
