"""Learning: the library, trainings with their lists, who is trained, resource centres."""
