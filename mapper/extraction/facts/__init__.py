"""What a clause says by itself: deeds, weapons, tolls, counts, times, claimants, and what its places are to them."""
