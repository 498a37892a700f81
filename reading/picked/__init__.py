"""A selection: services that somebody has put together, for themselves or for somebody to be sent on.

Nobody here keeps one. Ids come in the body of a question, and what they name is read as every list is: by what the
audience may see. An id of what is hidden, gone or was never there answers in the same words.
"""
