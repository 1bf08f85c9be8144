"""Pure functions on text. No Django in here."""
