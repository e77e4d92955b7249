"""From printed levels to memberships: codings, level maps, what a cell may be."""
