"""Outlets, sources and their texts. A grade given to a factory is written as a grading too."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import factory

from negotiations.models import Outlet, OutletGrading, Snapshot, Source, SourceGrading
from negotiations.models.outlets import Reliability
from negotiations.models.sources import SnapshotKind, SourceStatus

from .base import Owned, of_the_same

TEXT = "“We are ready to act,” the minister said in Paris. Her colleague 🕊 added: “We rule that out.”"


class OutletFactory(Owned):
    class Meta:
        model = Outlet

    slug = factory.Sequence(lambda n: f"outlet-{n}")
    name = factory.LazyAttribute(lambda outlet: outlet.slug.replace("-", " ").capitalize())

    @classmethod
    def _write(cls, model_class: type[Outlet], values: dict[str, Any]) -> Outlet:
        outlet = super()._write(model_class, values)
        if outlet.reliability != Reliability.F:
            OutletGradingFactory(outlet=outlet, reliability=outlet.reliability)
        return outlet


class OutletGradingFactory(Owned):
    class Meta:
        model = OutletGrading

    outlet = of_the_same("OutletFactory")
    reliability = Reliability.B
    reason = "Known for long."

    @classmethod
    def _write(cls, model_class: type[OutletGrading], values: dict[str, Any]) -> OutletGrading:
        grading = super()._write(model_class, values)
        Outlet.objects.filter(pk=grading.outlet_id).update(reliability=grading.reliability)
        grading.outlet.reliability = grading.reliability
        return grading


class SourceFactory(Owned):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    title = factory.LazyAttribute(lambda source: source.slug.replace("-", " ").capitalize())

    @classmethod
    def _write(cls, model_class: type[Source], values: dict[str, Any]) -> Source:
        source = super()._write(model_class, values)
        if source.status != SourceStatus.NEW:
            SourceGradingFactory(source=source, status=source.status)
        return source


class SourceGradingFactory(Owned):
    class Meta:
        model = SourceGrading

    source = of_the_same("SourceFactory")
    status = SourceStatus.ACCEPTED
    reason = "Read and checked."

    @classmethod
    def _write(cls, model_class: type[SourceGrading], values: dict[str, Any]) -> SourceGrading:
        grading = super()._write(model_class, values)
        Source.objects.filter(pk=grading.source_id).update(status=grading.status)
        grading.source.status = grading.status
        return grading


class SnapshotFactory(Owned):
    class Meta:
        model = Snapshot

    source = of_the_same("SourceFactory", status=SourceStatus.ACCEPTED)
    number = factory.LazyAttribute(lambda o: Snapshot.objects.filter(source=o.source).count() + 1)
    kind = SnapshotKind.PRECIS
    language = "en"
    text = TEXT
    sha256 = factory.LazyAttribute(lambda snapshot: sha256(snapshot.text.encode()).hexdigest())
