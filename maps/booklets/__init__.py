"""The page where somebody chooses a booklet for paper, its pictures and its file."""
