"""Coincidence analysis: what suffices for what, and is needed for it, among all factors at once."""
