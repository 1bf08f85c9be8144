"""What can be asked and done: reads return frozen dataclasses, writes take `by=` and add to history."""
