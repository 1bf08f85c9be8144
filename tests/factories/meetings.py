"""Meetings and who came; instruments and who signed."""

from __future__ import annotations

from datetime import date

import factory

from negotiations.models import Attendance, Instrument, Meeting, Signature
from negotiations.models.instruments import InstrumentKind, SignatureState
from negotiations.models.meetings import Level, MeetingKind

from .base import Owned, of_the_same


class MeetingFactory(Owned):
    class Meta:
        model = Meeting

    slug = factory.Sequence(lambda n: f"meeting-{n}")
    name = factory.LazyAttribute(lambda meeting: meeting.slug.replace("-", " ").capitalize())
    kind = MeetingKind.SUMMIT
    place = "Paris"
    starts_on = date(2026, 1, 6)


class AttendanceFactory(Owned):
    class Meta:
        model = Attendance

    meeting = of_the_same("MeetingFactory")
    party = of_the_same("PartyFactory")
    level = Level.LEADER


class InstrumentFactory(Owned):
    class Meta:
        model = Instrument

    slug = factory.Sequence(lambda n: f"instrument-{n}")
    name = factory.LazyAttribute(lambda instrument: instrument.slug.replace("-", " ").capitalize())
    kind = InstrumentKind.DECLARATION


class SignatureFactory(Owned):
    """Unknown, unless a state is given together with its evidence: a quote, or a source and a locator."""

    class Meta:
        model = Signature

    instrument = of_the_same("InstrumentFactory")
    party = of_the_same("PartyFactory")
    state = SignatureState.UNKNOWN
