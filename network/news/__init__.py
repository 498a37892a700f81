"""What the network tells of itself: the digest of a month for members and for everybody, and letters to subscribers.

Rule: a digest for everybody is assembled from the public's tables and from nothing else; people leave lines out and
order them, they never add one.
"""
