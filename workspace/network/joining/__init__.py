"""Applications, calls to join, and how members stand."""
