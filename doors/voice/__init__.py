"""Three questions for clients, behind a QR at the desk of a place."""
