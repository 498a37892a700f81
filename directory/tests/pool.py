"""A few values of each filter that rows of tests hold, and questions ask for."""

POOL = {
    "service": ["legal", "stay_permits", "shelter", "hiv_rapid_test", "psychologist"],
    "group": ["msm", "sex_workers", "plhiv"],
    "status": ["undocumented", "refugee"],
    "language": ["ru", "uz", "ka"],
    "country": ["GE", "PL", "any"],
    "city": ["ge7qk2", "pl4mx9"],
    "cost": ["free", "paid"],
    "documents": ["none", "passport"],
    "anonymous": ["yes", "no"],
    "insurance": ["not_needed", "insured"],
    "intake": ["walk_in", "call"],
    "delivery": ["on_site", "online"],
    "attribute": ["dogs-yes", "queue-live", "queue-booked"],
    "open": ["now"],
    "checked": ["other"],
    "capacity": ["available"],
    "family": ["law", "health", "safety"],
    "organization": ["most", "bridge"],
}
