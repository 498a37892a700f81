"""Countries as members see them: facts written, checked and confirmed, notices of a country, who is on duty there."""
