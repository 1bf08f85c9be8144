"""Access: one table says who gets what at every address, and a test goes and asks."""
