"""A plan: what the room has decided, as plain data, and its way into and out of scenario files."""
