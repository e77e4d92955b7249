"""Qualitative comparative analysis: truth tables, solutions, necessity."""
