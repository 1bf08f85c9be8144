"""How a document of each format is read. All but `running` happens in a child process of its own (see reader.py)."""
