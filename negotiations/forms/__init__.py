"""Forms: what people type, checked and turned into what the domain takes."""
