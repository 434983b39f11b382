"""Batches: a plan file says which runs; they are carried out over processes or a cluster and answer questions."""
