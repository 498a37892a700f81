"""The project: settings, routes and the tools that run it.

Imports nothing: bin/* use tools.local before Django is installed.
"""
