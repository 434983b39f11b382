"""Regions and scenarios as data."""
