"""Another text of a source: every quote is looked for in it, and what is found becomes history."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from negotiations.domain import anchorings
from negotiations.domain.quotes import get_many
from negotiations.domain.snapshots import add_text
from negotiations.models import Anchoring
from negotiations.models.sources import SnapshotKind
from tests import factories as make
from tests.stories import record


def states(snapshot):
    return dict(snapshot.anchorings.values_list("quote__exact", "state"))


def add(world, text, by=None):
    return add_text(world.source, text, kind=SnapshotKind.FULL, by=by)


def test_the_same_text_again_holds_every_quote_where_it_was(world, curator):
    snapshot = add(world, world.snapshot.text, by=curator)
    assert states(snapshot) == {
        world.send.exact: "exact",
        world.neighbours.exact: "exact",
        world.unacceptable.exact: "exact",
    }
    assert snapshot.anchorings.get(quote=world.send).start == world.send.start


def test_an_insertion_before_moves_them_and_a_changed_word_does_not_hold(world):
    text = "A new beginning.\n\n" + world.snapshot.text.replace("we will send them", "we will not send them")
    found = states(add(world, text))
    assert found[world.send.exact] == "altered"
    assert found[world.neighbours.exact] == "moved"


def test_the_words_that_stand_there_now_are_kept(world):
    snapshot = add(world, world.snapshot.text.replace("we will send them", "we may send them"))
    place = snapshot.anchorings.get(quote=world.send)
    assert (place.state, place.found) == ("altered", "we may send them")
    assert snapshot.text[place.start : place.end] == place.found


def test_a_text_without_them_says_that_they_are_gone_and_the_first_text_stays(world):
    snapshot = add(world, "The outlet has taken this article down.")
    assert set(states(snapshot).values()) == {"gone"}
    assert world.source.snapshots.count() == 2
    assert Anchoring.objects.filter(revision=snapshot.revision).count() == 3


def test_an_operator_attaches_a_file_and_reads_how_the_quotes_stand(world, tmp_path, capsys):
    file = tmp_path / "full.txt"
    file.write_text(world.snapshot.text, encoding="utf-8")
    call_command("attach_text", world.source.slug, str(file))
    assert "text 2 added. Quotes: 3 same words, same place." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"a\x00b", "can't be read"), (b"\xff\xfe\xff", "can't be read")],
)
def test_a_file_that_is_no_text_is_refused_in_a_sentence(content, sentence, world, tmp_path):
    file = tmp_path / "bad.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("attach_text", world.source.slug, str(file))
    assert world.source.snapshots.count() == 1


def test_a_source_that_is_not_there_is_said_so(world, tmp_path):
    with pytest.raises(CommandError, match="There is no source 'nothing'"):
        call_command("attach_text", "nothing", str(tmp_path / "x"))


# --- what is told of it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told", "cells"),
    [
        ("", "", "All its 3 quotes hold there.", ""),
        ("we will send them", "we will not send them", "Of its 3 quotes 2 hold there.", "1 cell is to be re-checked"),
        ("“", "“never ", "Of its 3 quotes none holds there.", "2 cells are to be re-checked"),
    ],
)
def test_what_holds_and_which_cells_joined_the_queue_is_said_in_a_sentence(old, new, told, cells, world, analyst):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours], in_context=[world.send])
    found = anchorings.outcome(add(world, world.snapshot.text.replace(old, new) if old else world.snapshot.text))
    assert (found.in_words(), found.cells_in_words()) == (told, cells)


def test_of_a_precis_no_cell_is_said_to_wait(world, analyst):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    found = anchorings.outcome(add_text(world.source, "Nothing of it.", kind=SnapshotKind.PRECIS, by=None))
    assert (found.in_words(), found.cells_in_words()) == ("Of its 3 quotes none holds there.", "")


def test_a_text_of_a_source_without_quotes_has_nothing_to_say(world):
    other = make.SourceFactory(negotiation=world.negotiation)
    found = anchorings.outcome(add_text(other, "Nothing of it.", kind=SnapshotKind.FULL, by=None))
    assert (found.in_words(), found.cells_in_words()) == ("", "")


def test_the_command_says_how_many_cells_are_to_be_re_checked(world, analyst, tmp_path, capsys):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    file = tmp_path / "full.txt"
    file.write_text("The outlet has taken this article down.", encoding="utf-8")
    call_command("attach_text", world.source.slug, str(file))
    assert "1 cell is to be re-checked." in capsys.readouterr().out


def test_a_quote_from_a_precis_is_told_as_altered_once_a_full_text_has_shown_its_place(world):
    """The précis has other words around it; where it was found last tells what became of it."""
    told = world.snapshot.text.replace(" after the talks in Paris", ", as the host of it all, at noon")
    full = f"A long report.\n\n{told}"
    assert states(add(world, full))[world.send.exact] == "moved"
    later = add(world, full.replace("we will send them", "we will not send them"))
    assert states(later)[world.send.exact] == "altered"
    assert later.anchorings.get(quote=world.send).found == "we will not send them"


def test_words_that_do_not_stand_any_more_count_for_nothing_until_somebody_says_that_they_hold(world):
    def counts():
        return get_many(world.negotiation.pk, [world.send.pk])[world.send.pk].counts

    assert counts()
    later = add(world, world.snapshot.text.replace("we will send them", "we may send them"))
    assert not counts()
    make.AnchoringDecisionFactory(anchoring=later.anchorings.get(quote=world.send), holds=True)
    assert counts()
    add(world, world.snapshot.text + " More followed.")
    assert counts(), "the words are back"
