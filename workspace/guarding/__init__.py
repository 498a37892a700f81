"""What is not public: who read very much of it."""
