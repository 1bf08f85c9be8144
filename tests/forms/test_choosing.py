"""Lists of choices that are drawn once say what Django's own would say."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django import forms
from django.test.html import parse_html

from negotiations.forms.choosing import Drawn, OneOf

NAMES = {1: "France", 11: 'A "quoted" <b>name</b> & selected>', 3: '1" selected>'}


@pytest.mark.parametrize("chosen", [None, "", 1, "11", 3, 99, '1" selected>'])
def test_a_list_drawn_once_is_the_list_that_django_draws(chosen):
    choices = [("", "–"), *NAMES.items()]
    ours, theirs = (
        widget(choices=choices).render("party", chosen, {"id": "x", "required": True})
        for widget in (Drawn, forms.Select)
    )
    assert parse_html(ours) == parse_html(theirs)


def test_each_row_of_a_table_marks_its_own_and_the_choices_are_drawn_once():
    field = OneOf(NAMES, "parties", required=False)
    first, second = deepcopy(field), deepcopy(field)
    assert '<option value="1" selected>' in first.widget.render("a", 1)
    assert '<option value="1">' in second.widget.render("b", 3)
    assert second.widget.drawn is field.widget.drawn and second.choices == field.choices
    assert (second.clean("3"), second.clean("")) == (NAMES[3], None)


def test_a_row_that_is_given_other_choices_draws_its_own():
    field = OneOf(NAMES, "parties", required=False)
    first, second = deepcopy(field), deepcopy(field)
    assert "Nothing is told" not in first.widget.render("a", "")
    second.choices = [("", "Nothing is told"), (1, "France")]
    assert '<option value="" selected>Nothing is told</option>' in second.widget.render("b", "")
    assert "Nothing is told" not in deepcopy(field).widget.render("c", "")
