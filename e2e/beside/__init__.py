"""What journeys ask of the served network, in a process beside it."""
