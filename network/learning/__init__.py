"""Learning: a library with a clock, trainings with who came, certificates with an end, resource centres. No screens.

Rule: any member offers, a coordinator of another organisation approves. Members read how many are trained; names are
for the manager who enrolled them, for those who hold the training, and for the coordinator.
"""
