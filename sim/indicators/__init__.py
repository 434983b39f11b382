"""What a run says: one function an indicator, and the targets of the base year. Reads only the ledger's tables."""
