"""What the clauses of an article tell together: which of them speak of one event."""
