"""What carries tasks out: processes of this machine, or workers of a dask cluster."""
