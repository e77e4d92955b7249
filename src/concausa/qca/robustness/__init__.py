"""How far a solution stays as it is when the choices behind it change."""
