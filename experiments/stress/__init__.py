"""The stress test: how many GPs a region can lose, and which practices carry it."""
