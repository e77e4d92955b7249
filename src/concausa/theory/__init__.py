"""What a study holds to be so: conditions, mechanisms, claims, rivals, checks of numbers."""
