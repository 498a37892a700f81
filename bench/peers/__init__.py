"""Others that do a part of what we do, on the same data in the same run: `bin/manage bench --peers`.

None of them is a requirement of the product: what is not there is fetched into `var/bench-peers/` at pinned versions,
and what cannot be fetched is told as such, while the rest runs.
"""
