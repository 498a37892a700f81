"""Work without a connection, for members who switch it on: what a phone takes along, and what it sends on return.

The page, its worker and its store have a folder of their own, as the page for the road has: nothing else of members can
be answered by it. Everything that is sent goes through the services and rights of any other press
(docs/adr/0163-outreach-without-a-signal.md).
"""
