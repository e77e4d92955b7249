"""The command line: read input, make one library call, show the result."""
