"""The rooms in which the network itself is kept."""
