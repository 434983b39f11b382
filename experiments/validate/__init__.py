"""Simulated against published: the first year of the baseline, and a run from an earlier year."""
