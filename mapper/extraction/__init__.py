"""Article to incident drafts: what happened, when, how many, who says so; each with its quote and span.

Data flows one way here too: `wording` searches a text for lists of words, `naming` finds the names of places in it, `facts`
is what a clause says by itself, `story` what the clauses tell together, and `reading` reads an article through all of them.
"""
