"""Causal models: types of nodes, exact queries, updating on cases."""
