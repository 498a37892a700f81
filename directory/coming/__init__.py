"""Help that comes to people: the area that it comes to, and where a mobile point stands when."""
