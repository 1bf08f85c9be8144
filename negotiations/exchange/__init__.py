"""What comes in and goes out: dossiers."""
