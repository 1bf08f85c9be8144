"""Forms: what people type, and what becomes of it."""
