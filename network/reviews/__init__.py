"""What organisations really do, and how well: a yearly review by oneself and by another, and the voice of clients."""
