"""Whether two texts are copies of each other: by how many of their runs of words they share.

After Broder, "On the resemblance and containment of documents" (1997): every run of five words is hashed, and of the
hashes a fixed part is kept, chosen by the hash itself, so that two texts keep the same of what they share.
"""

from __future__ import annotations

import re
from hashlib import blake2b

WORD = re.compile(r"\w+")
RUN = 5  # words
KEPT = 4  # of so many hashes one is kept
MOST = 2_000  # kept hashes: some eight thousand words, enough to tell


def sketch(text: str) -> list[int]:
    """The kept hashes of a text, as signed 64-bit integers in order. Empty for a text of a few words."""
    words = WORD.findall(text.lower())
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    hashes = (int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), signed=True) for run in runs)
    return sorted(number for number in hashes if number % KEPT == 0)[:MOST]
