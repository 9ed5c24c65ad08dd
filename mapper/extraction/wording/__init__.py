"""Lists of words and how a text is searched for them, its sentences, its numbers: what every later step reads with."""
