"""The form of a person."""

from __future__ import annotations

from ..models import Person
from .kinds import Kind
from .records import RecordForm


class PersonForm(RecordForm):
    """Nothing but the person's own fields."""


PERSON = Kind(
    model=Person,
    form=PersonForm,
    layout=(("name", "party"), ("titles", "aliases"), ("description",)),
    intro="Somebody who speaks or sits for a party. Other names and spellings let a text be searched for them.",
)
