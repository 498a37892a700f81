"""What a phone may take along (docs/adr/0135-saved-for-the-road.md)."""

import environ

env = environ.Env()

# Off, every worker that a phone has wipes what it keeps and removes itself, and nothing more is handed out.
ROAD = env.bool("ROAD", True)
# Under this name the page stands in a history and on a phone's screen: nothing that says what it is. "": «В дорогу», in
# the language of the page.
ROAD_NAME = env.str("ROAD_NAME", "")
# The same for what members' phones hold of work without a connection (docs/adr/0163-outreach-without-a-signal.md).
OUTREACH = env.bool("OUTREACH", True)
