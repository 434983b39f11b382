"""Published cases held against the model; a declared list, and the page ``docs/reproductions.md`` made of it."""
