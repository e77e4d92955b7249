"""The property space: patterns, expected outcomes, ties, and rules for the gate."""
