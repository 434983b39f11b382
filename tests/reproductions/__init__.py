"""Published cases held against the model."""
