"""What bin/* do on one machine: packages, environment, private database cluster, server, tests.

Standard library only: this code runs before the virtual environment exists.
"""
