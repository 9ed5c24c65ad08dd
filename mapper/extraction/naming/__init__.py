"""Names of places in a text: where they stand, what kind of place they say, and what for."""
