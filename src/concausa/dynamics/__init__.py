"""How conditions move each other year by year: models, history matching, counterfactuals, what was learned."""
