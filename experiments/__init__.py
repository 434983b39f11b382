"""Runs of the model: the command line, progress, results on disk, the benchmark."""
