"""What a session has before it: the region it works on, its plans, and the answers that it waits for."""
