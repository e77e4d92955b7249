"""Panels and clusters: whether what holds of all cases together holds in each period, unit or region."""
