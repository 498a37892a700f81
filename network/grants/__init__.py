"""Small grants: a call about gaps, applications, scores, the committee's vote, reports. No screens.

Rule: amounts are written down, no money moves here. Who decides is the committee's vote of `network.decisions`; whether
a grant has closed its gap is answered by the matrix of `network.gaps`, before and after.
"""
