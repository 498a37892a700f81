"""Whether a listing is there already: the rule of likeness, where it looks, what was said of a pair, and merging."""
