"""An article read sentence by sentence, and each clause told to the story."""
