"""Arrays in, arrays out: the numbers' own rooms, which know none of the package's nouns."""
