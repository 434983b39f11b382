"""The pages of the view, one file each, made of parts that take plain values and callbacks."""
