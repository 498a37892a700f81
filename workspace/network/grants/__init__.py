"""Pages of small grants: calls, applications, scores, grants, reports."""
