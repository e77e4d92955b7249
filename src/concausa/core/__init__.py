"""Nouns that every layer shares: dates, units, scales, tables, charts, problems, errors."""
