"""What was pressed is done once, also from a form that is sent twice and from a phone without a connection."""
