"""What is read off a running model: closed periods for the ledger, spatial access, conservation."""
