"""The study folder: read, check, save; gives values to the analyses."""
