"""Documentation, and the scripts that make its pictures."""
