"""What there is to write about, beside the clocks of listings."""
