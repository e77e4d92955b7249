"""Charts of sets, truth tables and solutions, as values."""
