"""Open data beside a study: series of numbers, prices, exchange rates."""
