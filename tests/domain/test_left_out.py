"""What was taken out is left out also where things are counted, compared, kept for oneself, or put together."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from negotiations.domain import (
    boards,
    citing,
    comparing,
    drafts,
    instruments,
    intakes,
    merging,
    origin_trees,
    records,
    snapshots,
    sources,
)
from negotiations.domain.documents import Details
from negotiations.domain.meanwhile import get_place
from negotiations.domain.moments import now
from negotiations.domain.permissions import Forbidden
from negotiations.domain.points import read_end, read_start
from negotiations.domain.recognising import AlreadyHere
from negotiations.exchange import dossier
from negotiations.models import Commitment, Instrument, Original, Outlet, Party
from negotiations.models.sources import SnapshotKind
from tests import factories as make
from tests.admin.pages import list_of
from tests.domain.test_undoing import newest, stopped_by, undo
from tests.exchange.dossiers import forget_everything, save
from tests.stories import record
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)


def add(world: World, row, by) -> int:
    """The revision of the act that adds it."""
    row.negotiation = world.negotiation
    records.save(row, by=by)
    return newest(world)


def test_a_comparison_tells_of_no_cell_that_is_out_at_its_end(world, analyst, curator):
    party = Party(slug="latvia", name="Latvia")
    adding = add(world, party, curator)
    stance = record(world, party, world.force, by=analyst, evidence=[world.send])
    undo(world, stance, analyst)

    def told(end: str = "") -> list[str]:
        workspace = world.workspace(analyst)
        to = read_end(workspace, end, now(workspace), by=analyst)
        start = read_start(workspace, str(stance), to, by=analyst)
        return [change.party.slug for change in comparing.compare(workspace, start, to).changes]

    assert told() == ["latvia"], "while it is there, what was taken back is a change"
    there = newest(world)
    undo(world, adding, curator)
    assert told() == []
    assert told(str(there)) == ["latvia"]
    assert [row.slug for row in boards.get_board(world.workspace(analyst)).rows] == ["france", "germany", "russia"]


def test_what_was_typed_for_a_cell_that_is_out_is_not_offered_but_kept(world, analyst, curator):
    adding = add(world, Party(slug="latvia", name="Latvia"), curator)
    place = get_place("paris", "latvia", world.force.number, by=analyst)
    drafts.keep(place, {"limits": ["No ships"]}, by=analyst, key=uuid4(), based_on=0, at=timezone.now())

    def offered() -> list[str]:
        return [each.party for each in drafts.mine(analyst, world.workspace(analyst))]

    assert offered() == ["latvia"]
    out = undo(world, adding, curator)
    assert offered() == []
    undo(world, out, curator)
    assert offered() == ["latvia"]


def test_commitments_texts_and_quotes_that_are_out_are_not_counted(world, analyst, curator, curator_client):
    accord = Instrument(slug="accord", name="The accord", kind="plan")
    add(world, accord, curator)
    promise = Commitment(slug="training", text="Train them.", party=world.germany, instrument=accord)
    twin, bare = make.SourceFactory(merged_into=world.source), make.SourceFactory(negotiation=world.negotiation)
    start = world.snapshot.text.index("after the talks")
    told = citing.Told("reported", party=world.france.pk)

    def cite() -> None:
        citing.cite(world.workspace(analyst), world.snapshot, start, start + 15, told, by=analyst)

    acts = [add(world, promise, curator)]
    for source in (twin, bare):
        snapshots.add_text(source, f"Berlin sends nobody, says {source.slug}.", kind=SnapshotKind.FULL, by=curator)
        acts.append(newest(world))
    cite()
    acts.append(newest(world))

    def counted() -> tuple[int, int, int, bool, int]:
        [line] = instruments.list_instruments("paris", by=analyst).instruments
        [same] = sources.get_source("paris", world.source.slug, by=analyst).duplicates
        missing = curator_client.get(list_of("source"), {"missing": "text"}).context["cl"].result_list
        texts = curator_client.get(list_of("snapshot"), {"kind": "full"}).context["cl"].result_list
        trees = origin_trees.get_origins("paris", by=analyst).trees
        return line.commitments, same.texts, sum(tree.quotes for tree in trees), bare in missing, len(texts)

    assert counted() == (1, 1, 4, False, 2)
    for act in acts:
        undo(world, act, curator)
    assert counted() == (0, 0, 3, True, 0)


def test_a_file_whose_text_is_out_may_be_taken_in_for_the_right_source(world, analyst, tmp_path):
    workspace = world.workspace(analyst)
    make.SourceFactory(negotiation=world.negotiation, slug="right")

    def take_in(slug: str) -> int:
        token = intakes.hand_in(workspace, by=analyst, name="talks.txt", content=b"Berlin sends nobody.", source=slug)
        intakes.confirm(workspace, token, Details(source=slug), by=analyst)
        return newest(world)

    wrong = take_in(world.source.slug)
    with pytest.raises(AlreadyHere):
        take_in("right")
    out = undo(world, wrong, analyst)
    right = take_in("right")
    assert stopped_by(out, analyst) == ["The same text was added again since."]
    undo(world, right, analyst)
    undo(world, out, analyst)
    assert Original.objects.count() == 2
    exported = dossier.export("paris")
    file = save(tmp_path, exported, "paris.yaml")
    forget_everything()
    dossier.load(file)
    assert dossier.export("paris") == exported and Original.objects.count() == 2


def test_no_outlet_is_merged_with_one_that_is_out(world, curator):
    herald = Outlet(slug="herald", name="The Herald")
    undo(world, add(world, herald, curator), curator)
    for row, kept in ((herald, world.outlet), (world.outlet, herald)):
        with pytest.raises(Forbidden, match="taken out"):
            merging.merge([row], kept, by=curator, why="The same.")
