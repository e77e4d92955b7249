"""Claims made testable: a verdict of each claim in each world."""
