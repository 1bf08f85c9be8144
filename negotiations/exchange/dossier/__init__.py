"""The dossier: a negotiation in one file, `parley-dossier/1`, read and written by natural keys.

A file goes through these steps, one module each: reading (nodes that know their place) → parsing (the classes of
schema) → normal (short forms written out) → links, rules, texts, log_checks, cells (what is wrong) → matching (what is
missing, what differs) → writing. The way back is stored → emitting. docs/guide/dossiers.md tells the format.
"""

from .export import export
from .load import Loaded, load
from .nodes import Problem, Refused

__all__ = ["Loaded", "Problem", "Refused", "export", "load"]
