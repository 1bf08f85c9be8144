"""Parley: where every party to a negotiation stands, on what, since when, and how we know."""
