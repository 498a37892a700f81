"""Making an index of what the tables hold.

`copying` reads them whole, or the rows that it is told; `rows` are what was read, kept beside each index; `renewing`
takes from the last index's rows what has not changed; `building` packs what was read, whoever read it.
"""
