"""How conditions shape each other over time."""
