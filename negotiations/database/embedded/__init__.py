"""The embedded PostgreSQL: the real server, from the programs of a wheel, in the data folder.

It is a Django database backend too: whoever connects finds the server running or starts it.
"""
