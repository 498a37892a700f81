"""Who is away, who stands in, and for whom: one's own page, and what managers and administrators do for others."""
