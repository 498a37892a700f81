"""The rule of likeness, pure: names, kinds, ways to reach somebody and places, compared; and judged pairs."""
