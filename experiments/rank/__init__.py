"""Regions by urgency: an index of present and coming shortage, with what it hangs on and how sure the order is."""
