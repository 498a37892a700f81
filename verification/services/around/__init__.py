"""Steps beside a listing's own standing."""
