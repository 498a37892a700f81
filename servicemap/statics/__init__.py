"""Our scripts and styles, as they are collected for readers."""
