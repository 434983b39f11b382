"""Who lives and works in the region: people as columns, and the ordinary Mesa agents.

Imports nothing itself, so that code which only needs the columns does not pay for importing Mesa.
"""
