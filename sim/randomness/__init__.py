"""Keyed randomness: streams, draws and ids."""
