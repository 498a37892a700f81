"""Who opens what is not public: reading in bulk is noticed, and an administrator opens nothing alone."""
