"""Paper: a program of its own makes PDF of words. What goes on paper, the rooms beside this one say."""
