"""Sources, passages and protected identities."""
