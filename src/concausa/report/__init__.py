"""Exhibits, page, files."""
