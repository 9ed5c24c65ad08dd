"""Names of places and their shapes: the part of the world that reports speak of."""
