"""Numbers alone: arrays in, arrays out."""
