"""Widgets of our own: a chart that is also a map and a table, and the panel of levers."""
