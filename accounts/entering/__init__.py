"""How people get in and stay in: the first of them, the second step, sessions, and what holds behind the door."""
