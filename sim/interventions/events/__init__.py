"""Outside pressure as scenario events, one file each."""
