"""Saying without a login that a request has arrived, or that it is not possible."""
