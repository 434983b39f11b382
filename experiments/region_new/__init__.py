"""`deltaplan region new`: a region's folder from what a user has, the rest filled in from national figures."""
