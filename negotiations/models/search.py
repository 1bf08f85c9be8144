"""What search looks through: a copy of all words of a negotiation, one row for each thing that can be found.

Triggers keep it (sql/0009_search_entries.sql); nothing else writes to it.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

from . import fields


class SearchKind(models.TextChoices):
    """What a hit is. Its `row` is the id of one of these; of a passage, of its snapshot."""

    PASSAGE = "passage", "Passage"
    QUOTE = "quote", "Quote"
    STANCE = "stance", "Rationale"
    COMMITMENT = "commitment", "Commitment"
    SOURCE = "source", "Source"
    CONTRADICTION = "contradiction", "Contradiction"
    QUESTION = "question", "Question"


class SearchEntry(models.Model):
    """`row`, `source` are ids without a constraint: it is a copy. `start` counts code points from 0 in the text.

    `paragraph` is the number of a passage's paragraph, as pages count them; of anything else, 0.
    """

    negotiation = fields.negotiation("+")
    kind = models.CharField(max_length=13, choices=SearchKind.choices)
    row = models.BigIntegerField()
    source = models.BigIntegerField(null=True)
    paragraph = models.IntegerField(default=0)
    start = models.IntegerField(default=0)
    language = models.CharField(max_length=12, blank=True)
    day = models.DateField(null=True)
    words = models.TextField()
    vector = models.GeneratedField(
        expression=models.Func("kind", "language", "words", function="search_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = [F("day").desc(nulls_last=True), "-id"]
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "row", "start"], name="search_entry_is_unique"),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_words"),
            models.Index(F("negotiation"), F("day").desc(nulls_last=True), F("id").desc(), name="search_entry_newest"),
        ]

    def __str__(self) -> str:
        return self.words
