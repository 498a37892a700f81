"""What is missing: kinds of help by country, group, corridor and language, and what is done about it. No screens.

Rule: «none» is said only where somebody has looked and found nothing (`AbsenceCheck`, or a source that says so);
everything else without a listing is unknown. `matrix` asks the read model in one question, `cells` adds what facts and
sources say, `counts` are the numbers beside a cell, small ones hidden.
"""
