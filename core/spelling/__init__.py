"""How people type words, brought to one form: folding, alphabets, what a text gives away."""
