"""Several outcomes at once: conditions that they share, and systems that explain them together."""
