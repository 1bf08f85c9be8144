"""How sources and outlets were judged at a revision, as expressions for queries; all empty where it is now that counts.

What is merged into what, and who repeats whom, are read as we know them now.
"""

from __future__ import annotations

from django.db.models import BigIntegerField, Case, CharField, F, Func, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least

from ..models import OutletGrading
from ..models.outlets import Reliability

NOW = Value("", output_field=CharField())


def published_on(*sources: str) -> Combinable:
    """When the source was published that stands at one of these paths; by default, that of a piece of evidence.

    Of a document that was taken in twice, the earlier date counts.
    """
    paths = sources or ("quote__snapshot__source__", "source__")
    days = [Least(F(f"{path}published_on"), F(f"{path}merged_into__published_on")) for path in paths]
    return days[0] if len(days) == 1 else Coalesce(*days)


def status_at(source: str, until: int | None) -> Combinable:
    """The status that the source with the id at the path `source` had; that of the one that it is merged into."""
    if until is None:
        return NOW
    revision = Value(until, output_field=BigIntegerField())
    return Func(F(source), revision, function="source_status_at", output_field=TextField())


def reliability_at(source: str, until: int | None) -> Combinable:
    """The letter that the outlet of the source at the path `source` had; with an empty path, of the row itself."""
    if until is None:
        return NOW
    own = f"{source}__" if source else ""
    kept = f"{own}merged_into"
    merged = Q(**{f"{kept}__isnull": False})
    return Case(When(merged, then=_publisher(f"{kept}__outlet", until)), default=_publisher(f"{own}outlet", until))


def _publisher(outlet: str, until: int) -> Combinable:
    return _letter(Coalesce(OuterRef(f"{outlet}__merged_into"), OuterRef(outlet)), until)


def letter_at(outlet: str, until: int | None) -> Combinable:
    """The letter that the outlet with the id at the path `outlet`, which is merged into no other, had."""
    return NOW if until is None else _letter(OuterRef(outlet), until)


def _letter(outlet: Combinable, until: int) -> Combinable:
    gradings = OutletGrading.objects.filter(outlet=outlet, revision__lte=until).order_by("-revision", "-pk")
    unjudged = Value(Reliability.F.value)
    return Coalesce(Subquery(gradings.values("reliability")[:1]), unjudged, output_field=CharField())
