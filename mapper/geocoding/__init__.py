"""Place mentions and their context to a Location, or Unlocated with a reason."""
