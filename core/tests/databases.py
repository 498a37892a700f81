"""How a test takes a database of its own away."""

#: Before `DROP DATABASE`, which then needs no FORCE: a plain role may not end an autovacuum that happens to look there,
#: and DROP alone makes it go.
OWN_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user
"""
