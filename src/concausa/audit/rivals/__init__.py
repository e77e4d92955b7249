"""Rival explanations and the theory's own rules, held against every case in every world."""
