"""Case selection: which units are alike, which pairs are closest, and what kind of case each unit is."""
