"""What follows from figures that the text states: sums, shares, remainders, differences."""
