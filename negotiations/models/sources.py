"""Sources, how they were triaged, and their texts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from . import fields
from .outlets import Outlet, Reliability

# What `kept`, `publisher` and `reliability` look at, for `select_related`.
READ_THROUGH = ("outlet__merged_into", "merged_into__outlet__merged_into")


class SourceStatus(models.TextChoices):
    NEW = "new", "New"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    RETRACTED = "retracted", "Retracted"


class SnapshotKind(models.TextChoices):
    PRECIS = "precis", "Our précis, with quoted fragments"
    FULL = "full", "Full text"


class Source(models.Model):
    negotiation = fields.negotiation("sources")
    slug = fields.slug()
    title = models.CharField(max_length=300)
    outlet = fields.within("Outlet", "sources", null=True, blank=True)
    url = models.URLField("address", max_length=2000, blank=True)
    published_on = models.DateField(null=True, blank=True, help_text="Leave empty where it is unknown.")
    precision = fields.precision()
    language = models.CharField(max_length=12, blank=True, help_text="A language code such as en, uk or pt-BR.")
    origin = fields.within(
        "self", "repeated_by", null=True, blank=True, help_text="The source that this one repeats, if any."
    )
    merged_into = fields.within(
        "self", "duplicates", null=True, blank=True, editable=False, help_text="The same document, kept once."
    )
    description = models.TextField(blank=True)
    # A copy of the newest grading, for lists.
    status = models.CharField(max_length=9, choices=SourceStatus.choices, default=SourceStatus.NEW, editable=False)

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="source_slug_is_unique"),
            models.CheckConstraint(condition=Q(status__in=SourceStatus.values), name="source_status_is_known"),
            models.CheckConstraint(condition=~Q(origin=F("id")), name="source_does_not_repeat_itself"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="source_is_not_merged_into_itself"),
            fields.url_of_the_web("source_url_is_of_the_web"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kept(self) -> Source:
        """The one that counts: this source, or the one that it is merged into."""
        return self.merged_into or self

    @property
    def publisher(self) -> Outlet | None:
        """The outlet that counts as its own; None where it is unknown."""
        outlet = self.kept.outlet
        return outlet.kept if outlet is not None else None

    @property
    def reliability(self) -> Reliability:
        """Of its outlet; one that is unknown can't be judged."""
        return Reliability(self.publisher.reliability if self.publisher else Reliability.F)


class SourceGrading(models.Model):
    """Append-only: each acceptance, rejection and retraction, with its reason."""

    negotiation = fields.negotiation("source_gradings")
    revision = fields.revision()
    source = fields.within("Source", "gradings")
    status = models.CharField(max_length=9, choices=SourceStatus.choices)
    reason = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=SourceStatus.values), name="source_grading_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="source_grading_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_status_display().lower()}"


class Snapshot(models.Model):
    """A source's text at one time. Append-only; the database checks the hash."""

    negotiation = fields.negotiation("snapshots")
    revision = fields.revision()
    source = fields.within("Source", "snapshots")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=SnapshotKind.choices)
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    # For finding copies (texts/copies.py); null where the text was written by other means than Parley's.
    sketch = ArrayField(models.BigIntegerField(), null=True, editable=False)

    class Meta:
        ordering = ["source", "number"]
        indexes = [GinIndex(fields=["sketch"], name="snapshot_sketch")]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="snapshot_number_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="snapshot_number_is_positive"),
            models.CheckConstraint(condition=Q(kind__in=SnapshotKind.values), name="snapshot_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, text {self.number}"
