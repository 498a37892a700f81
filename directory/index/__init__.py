"""The packed index: what the map, the counts and "nearest" are answered from without reading the tables.

Rule: PostgreSQL is the truth. An index holds what one audience may see, as numbers in files that all processes of a
machine share; it answers for the very revision of the directory that it was packed from, and for no other. Where there
is none, or where it cannot answer, SQL does, and nobody else notices (`directory.asking.quick` is the one seam).

`bits`, `grid` and `packed` know numbers only; `asking`, `clusters`, `counting` and `ranking` answer; `making` reads
the tables; `keeper` says which index counts and lets it be made.
"""
