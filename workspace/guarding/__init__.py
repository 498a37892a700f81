"""What is not public: who read very much of it, and to whom what organisations hide is open."""
