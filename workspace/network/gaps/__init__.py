"""The matrix of what is missing, one cell of it, and the gaps about which somebody does something."""
