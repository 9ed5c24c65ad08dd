"""Article to incident drafts: what happened, when, how many, who says so; each with its quote and span."""
