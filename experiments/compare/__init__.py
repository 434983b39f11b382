"""Comparisons: scenarios side by side over paired replications, as numbers, sentences and plain data."""
