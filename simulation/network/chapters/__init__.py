"""The chapters of the year. Each has `stories(year)`: when a story begins, and the story, which yields days to wait."""

from simulation.network.chapters import (
    countries,
    evaluation,
    grants,
    helping,
    joining,
    learning,
    reviews,
    standing,
    telling,
    votes,
)

CHAPTERS = (joining, standing, votes, countries, reviews, grants, learning, helping, telling, evaluation)
