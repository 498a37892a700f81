"""The addresses of each of the two faces (servicemap/settings/faces.py)."""
