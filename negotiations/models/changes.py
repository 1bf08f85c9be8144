"""The log: one Change an act, and what it did to rows that are edited in place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Change(models.Model):
    """One act, on one thing or many. (negotiation, revision) is its key; acts on accounts have neither.

    `transaction` is set by the database: rows that carry this Change are taken only from the same transaction.
    `undoes` is the revision of the act that this one undoes (sql/0012_undo.sql, docs/decisions/undo.md).
    """

    negotiation = models.ForeignKey(
        "Negotiation", on_delete=models.PROTECT, related_name="changes", null=True, db_index=False
    )
    revision = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="changes", null=True)
    verb = models.CharField(max_length=40)
    what = models.TextField(blank=True)
    why = models.TextField(blank=True)
    undoes = models.BigIntegerField(null=True)
    key = models.UUIDField(null=True)
    request_hash = models.CharField(max_length=64, blank=True)
    transaction = models.CharField(max_length=80, editable=False, default="")

    class Meta:
        ordering = ["-revision", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "revision"], name="change_revision_is_unique"),
            models.UniqueConstraint(fields=["by", "key"], name="change_key_once_for_each_user"),
            models.CheckConstraint(
                condition=Q(negotiation__isnull=True, revision__isnull=True)
                | Q(negotiation__isnull=False, revision__isnull=False, revision__gte=1),
                name="change_has_a_revision_in_a_negotiation",
            ),
            models.CheckConstraint(
                condition=Q(undoes__isnull=True) | Q(undoes__lt=F("revision")), name="change_undoes_an_earlier_one"
            ),
        ]
        indexes = [
            models.Index(fields=["transaction"], name="change_of_a_transaction"),
            # The questions that the log's filters ask.
            models.Index(fields=["negotiation", "by", "-revision"], name="change_by_author"),
            models.Index(fields=["negotiation", "verb", "-revision"], name="change_by_verb"),
            models.Index(fields=["negotiation", "at"], name="change_by_time"),
            models.Index(fields=["negotiation", "undoes"], condition=Q(undoes__isnull=False), name="change_by_undone"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.what}"


class RowEdit(models.Model):
    """Append-only, written by a trigger: a row that people edit in place, before and after."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="row_edits")
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["table", "row"], name="row_edit_of_a_row"),
            models.Index(fields=["table"], condition=Q(after__isnull=True), name="row_edit_takes_away"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
