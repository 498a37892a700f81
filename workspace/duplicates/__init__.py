"""Two listings side by side: they are two, or they are one."""
