"""The demo accounts: made on the first run, and never again beside people's own."""

from negotiations.domain import accounts
from negotiations.management import demo_accounts
from negotiations.models import User
from tests import factories as make


def test_they_are_made_where_there_is_no_account_and_stay_as_they_were_changed(negotiation, tmp_path):
    demo_accounts.make(negotiation, tmp_path)
    passwords = demo_accounts.known(tmp_path)
    assert len(passwords) == 5
    assert all(User.objects.get(username=name).check_password(word) for name, word in passwords.items())
    User.objects.filter(username="reader").update(is_active=False)
    demo_accounts.make(negotiation, tmp_path)
    assert demo_accounts.known(tmp_path) == passwords
    assert not User.objects.get(username="reader").is_active


def test_a_killed_first_run_leaves_passwords_that_the_next_one_uses(negotiation, tmp_path):
    (tmp_path / demo_accounts.FILE).write_text("".join(f"{name} word-{name}\n" for name, *_ in demo_accounts.PEOPLE))
    demo_accounts.make(negotiation, tmp_path)
    assert User.objects.get(username="curator").check_password("word-curator")


def test_none_comes_back_once_an_administrator_has_ended_them(negotiation, tmp_path):
    demo_accounts.make(negotiation, tmp_path)
    mine = make.UserFactory(username="mine", is_superuser=True)
    for name in demo_accounts.known(tmp_path):
        accounts.make_anonymous(User.objects.get(username=name), by=mine, why="We go on the web.")
    demo_accounts.make(negotiation, tmp_path)
    (tmp_path / demo_accounts.FILE).unlink()
    demo_accounts.make(negotiation, tmp_path)
    assert list(User.objects.filter(is_superuser=True)) == [mine]
    assert not (tmp_path / demo_accounts.FILE).exists()
