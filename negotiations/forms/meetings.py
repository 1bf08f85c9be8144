"""The form of a meeting, with who came."""

from __future__ import annotations

from ..models import Attendance, Meeting
from .kinds import Kind, Table
from .records import RecordForm


class MeetingForm(RecordForm):
    days = ("starts_on", "ends_on")


MEETING = Kind(
    model=Meeting,
    form=MeetingForm,
    layout=(("name", "kind", "place"), ("starts_on", "ends_on", "precision"), ("description",)),
    intro="A dated event. It becomes a mark on the board’s line of time.",
    tables=(
        Table(
            model=Attendance,
            key="meeting",
            prefix="attendance",
            fields=("party", "person", "status", "level", "note"),
            same=("party", "person"),
            title="Attendance",
            hint="One row for each person; a party alone where nobody is named.",
        ),
    ),
)
