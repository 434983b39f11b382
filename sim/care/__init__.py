"""Care: telephone, triage, appointment books, visits, out-of-hours posts, registration."""
