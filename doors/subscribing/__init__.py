"""Letters with news for people without an account: asked for, confirmed, chosen anew, ended."""
