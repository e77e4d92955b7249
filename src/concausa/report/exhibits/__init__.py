"""The exhibits of the report: each module is one, made from a study in one language."""
