"""How the fictional network governs itself: bodies, reviews, learning, grants, evaluation."""
