"""Boolean and arithmetic expressions, read once into trees."""
