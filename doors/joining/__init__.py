"""How somebody outside the network joins: a page for everybody, and an application behind a link."""
