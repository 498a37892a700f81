"""What a reader saves for the road: one page with all it needs in a folder of its own, and the way to wipe it.

Its worker lies in that folder, and a browser lets a worker serve its own folder alone: no other page of the product, no
embed and nothing of members can ever be answered by it (docs/adr/0135-saved-for-the-road.md).
"""
