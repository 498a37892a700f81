"""What every answer of this site goes through, and what it says when something is away."""
