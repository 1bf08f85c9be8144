"""The form of a commitment."""

from __future__ import annotations

from .records import RecordForm


class CommitmentForm(RecordForm):
    days = ("due",)
