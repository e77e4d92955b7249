"""Timelines and evidential tests."""
