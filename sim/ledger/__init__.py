"""The ledger: counters, closed periods and the log of events."""
