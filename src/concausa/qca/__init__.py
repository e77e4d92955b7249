"""Truth tables and solutions."""
