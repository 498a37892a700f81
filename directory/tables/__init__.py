"""The tables of the read model. Django looks for them in `directory.models`."""
