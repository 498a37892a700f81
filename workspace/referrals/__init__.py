"""Sending somebody on to another member, answering what others ask, and the way of a person until its end."""
