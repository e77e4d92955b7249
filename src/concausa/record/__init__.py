"""What happened and what was counted: office terms, organisations, elections, events, facts, funds."""
