"""Speed and memory of the model against a cost floor and against an idiomatic Mesa model."""
