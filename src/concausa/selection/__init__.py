"""Which cases to compare."""
