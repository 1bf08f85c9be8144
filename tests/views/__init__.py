"""Pages, as those who look at them see them."""
