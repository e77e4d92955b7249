"""Theory evaluation: what was expected held against what was found."""
