"""Claims held against every admissible reading, and the chains that they rest on."""
