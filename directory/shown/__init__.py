"""How a row of the directory is shown to a reader."""
