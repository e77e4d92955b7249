"""Worlds: one admissible option for every open choice of a study."""
