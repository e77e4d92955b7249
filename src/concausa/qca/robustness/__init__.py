"""How a solution stands up to other choices: ranges, test solutions, drops, draws, chance."""
