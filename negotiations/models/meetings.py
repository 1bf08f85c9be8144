"""Meetings, and who came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class MeetingKind(models.TextChoices):
    SUMMIT = "summit", "Summit"
    BILATERAL = "bilateral", "Bilateral"
    CALL = "call", "Call"
    WORKING = "working", "Working meeting"


class Level(models.TextChoices):
    LEADER = "leader", "Leader"
    MINISTER = "minister", "Minister"
    ENVOY = "envoy", "Envoy"
    OFFICIAL = "official", "Official"
    UNKNOWN = "unknown", "Unknown"


class Presence(models.TextChoices):
    ATTENDED = "attended", "Attended"
    EXPECTED = "expected", "Expected; no word whether they came"
    ABSENT = "absent", "Absent"


class Meeting(models.Model):
    negotiation = fields.negotiation("meetings")
    slug = fields.slug()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=9, choices=MeetingKind.choices)
    place = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True, help_text="Leave empty where it is unknown.")
    ends_on = models.DateField(null=True, blank=True)
    precision = fields.precision()
    description = models.TextField(blank=True)

    class Meta:
        ordering = [F("starts_on").asc(nulls_last=True), "slug"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="meeting_slug_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="meeting_ends_after_it_starts",
                violation_error_message="A meeting can't end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    negotiation = fields.negotiation("attendances")
    meeting = fields.within("Meeting", "attendance")
    party = fields.within("Party", "attendances")
    person = fields.within("Person", "attendances", null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.UNKNOWN)
    status = models.CharField(max_length=8, choices=Presence.choices, default=Presence.ATTENDED)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["party__order", "party__name", "id"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "party", "person"], name="attendance_once_each", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="attendance_level_is_known"),
            models.CheckConstraint(condition=Q(status__in=Presence.values), name="attendance_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.party} at {self.meeting}"
