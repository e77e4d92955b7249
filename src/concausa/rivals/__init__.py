"""Rival explanations: what each would need, from the record itself."""
