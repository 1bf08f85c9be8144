"""Who gets what at every address of Parley: written from the design, not from what the program does.

    page      it is shown, or done
    403       it may be seen, but not done: said in a sentence
    sign-in   the same, to those who have not signed in
    404       it may not be seen: the answer is that to what does not exist
    405       it can't be asked in this way, whoever asks: each row names its methods

An account that is switched off is nobody. Who is let in and asks for what is missing gets 404.
"""

from __future__ import annotations

WHO = ["nobody", "outsider", "reader", "analyst", "curator", "curator elsewhere", "administrator"]

Rule = dict[str, str]  # for each visibility of the negotiation, what each of WHO gets


def rule(public: str, signed_in: str = "", members: str = "") -> Rule:
    return {"public": public, "signed_in": signed_in or public, "members": members or public}


# fmt: off
#                        nobody   outsider  reader  analyst  curator  elsewhere  administrator
EVERYBODY =        rule("page     page      page    page     page     page       page")
SIGNED_IN =        rule("sign-in  page      page    page     page     page       page")
READERS = rule(
    public=             "page     page      page    page     page     page       page",
    signed_in=          "404      page      page    page     page     page       page",
    members=            "404      404       page    page     page     404        page",
)
READERS_WITH_ACCOUNTS = rule(
    public=             "sign-in  page      page    page     page     page       page",
    signed_in=          "404      page      page    page     page     page       page",
    members=            "404      404       page    page     page     404        page",
)
ANALYSTS = rule(
    public=             "sign-in  403       403     page     page     403        page",
    signed_in=          "404      403       403     page     page     403        page",
    members=            "404      404       403     page     page     404        page",
)

# What somebody has handed in is theirs alone until it is confirmed.
ITS_SENDER = rule(
    public=             "sign-in  403       403     page     404      403        404",
    signed_in=          "404      403       403     page     404      403        404",
    members=            "404      404       403     page     404      404        404",
)

# The curators' site. Its doors are known; behind them, whatever is not one's own is not there.
CURATORS =         rule("sign-in  403       403     403      page     page       page")
ITS_CURATORS =     rule("sign-in  403       403     403      page     404        page")
ADMINISTRATORS =   rule("sign-in  403       403     403      403      403        page")
ITS_KEEPERS =      rule("sign-in  403       403     403      403      404        page")  # administrators, too
OF_ACCOUNTS =      rule("sign-in  403       403     403      404      404        page")
NO_CURATOR =       rule("sign-in  403       403     403      403      403        403")
NOT_EVEN_ITS_OWN = rule("sign-in  403       403     403      403      404        403")
NO_ACCOUNT =       rule("sign-in  403       403     403      404      404        403")
NOT_THERE =        rule("sign-in  403       403     403      404      404        404")
NOT_SENT =         rule("sign-in  403       403     403      405      405        405")
SIGNING_OUT =      rule("page     page      page    page     405      405        405")  # led away, or by POST alone
# fmt: on

Row = dict[str, Rule]  # for each method that can be asked, who gets what


def look(who: Rule) -> Row:
    return {"GET": who, "HEAD": who}


def form(who: Rule) -> Row:
    return {"GET": who, "POST": who}


def post(who: Rule) -> Row:
    return {"POST": who}


def keep(see: Rule, do: Rule | None = None) -> Row:
    """A page that takes what is sent to it: who sees it, and who may send it (the same, where not told)."""
    return {"GET": see, "HEAD": see, "POST": do or see}


NEGOTIATION = "n/<slug:negotiation>/"

PAGES: dict[str, Row] = {
    "": look(EVERYBODY),
    "codebook/": look(EVERYBODY),
    "healthz": look(EVERYBODY),
    "readyz": look(EVERYBODY),
    # --- accounts
    "accounts/sign-in/": {"GET": EVERYBODY, "HEAD": EVERYBODY, "POST": EVERYBODY},
    "accounts/sign-out/": post(EVERYBODY),
    "accounts/password/": form(SIGNED_IN),
    # --- a negotiation
    NEGOTIATION: look(READERS),
    NEGOTIATION + "positions/<slug:party>/<int:priority>/": look(READERS),
    NEGOTIATION + "positions/<slug:party>/<int:priority>/edit": form(ANALYSTS),
    NEGOTIATION + "positions/<slug:party>/<int:priority>/meanwhile": look(ANALYSTS),
    NEGOTIATION + "positions/<slug:party>/<int:priority>/draft": post(ANALYSTS),
    NEGOTIATION + "positions/<slug:party>/<int:priority>/evidence": {**look(READERS), **post(ANALYSTS)},
    NEGOTIATION + "positions/<slug:party>/<int:priority>/history/": look(READERS),
    NEGOTIATION + "parties/": look(READERS),
    NEGOTIATION + "parties/<slug:party>/": look(READERS),
    NEGOTIATION + "priorities/": look(READERS),
    NEGOTIATION + "priorities/<int:priority>/": look(READERS),
    NEGOTIATION + "people/": look(READERS),
    NEGOTIATION + "people/add": form(ANALYSTS),
    NEGOTIATION + "people/<slug:person>/": look(READERS),
    NEGOTIATION + "people/<slug:person>/edit": form(ANALYSTS),
    NEGOTIATION + "meetings/": look(READERS),
    NEGOTIATION + "meetings/add": form(ANALYSTS),
    NEGOTIATION + "meetings/<slug:meeting>/": look(READERS),
    NEGOTIATION + "meetings/<slug:meeting>/edit": form(ANALYSTS),
    NEGOTIATION + "instruments/": look(READERS),
    NEGOTIATION + "instruments/add": form(ANALYSTS),
    NEGOTIATION + "instruments/<slug:instrument>/": look(READERS),
    NEGOTIATION + "instruments/<slug:instrument>/edit": form(ANALYSTS),
    NEGOTIATION + "commitments/": look(READERS),
    NEGOTIATION + "commitments/add": form(ANALYSTS),
    NEGOTIATION + "commitments/<slug:commitment>/": look(READERS),
    NEGOTIATION + "commitments/<slug:commitment>/edit": form(ANALYSTS),
    NEGOTIATION + "commitments/<slug:commitment>/step": form(ANALYSTS),
    NEGOTIATION + "contradictions/": look(READERS),
    NEGOTIATION + "contradictions/add": form(ANALYSTS),
    NEGOTIATION + "contradictions/<slug:contradiction>/": keep(see=READERS, do=ANALYSTS),
    NEGOTIATION + "questions/": look(READERS),
    NEGOTIATION + "questions/add": form(ANALYSTS),
    NEGOTIATION + "questions/<slug:question>/": keep(see=READERS, do=ANALYSTS),
    NEGOTIATION + "rechecks/": look(READERS),
    NEGOTIATION + "rechecks/<slug:party>/<int:priority>/": keep(see=READERS, do=ANALYSTS),
    NEGOTIATION + "comments/": look(ANALYSTS),
    NEGOTIATION + "positions/<slug:party>/<int:priority>/comments": keep(ANALYSTS),
    NEGOTIATION + "reviews/": look(ANALYSTS),
    NEGOTIATION + "reviews/<int:revision>/<slug:party>/<int:priority>/": keep(ANALYSTS),
    NEGOTIATION + "sources/<slug:source>/quotes/<slug:quote>/decide": keep(see=READERS, do=ANALYSTS),
    NEGOTIATION + "sources/": look(READERS),
    NEGOTIATION + "sources/<slug:source>/": look(READERS),
    NEGOTIATION + "sources/<slug:source>/cite": form(ANALYSTS),
    NEGOTIATION + "sources/<slug:source>/texts/<int:number>/original": look(ANALYSTS),
    NEGOTIATION + "take-in/": form(ANALYSTS),
    NEGOTIATION + "take-in/<uuid:token>/": form(ITS_SENDER),
    NEGOTIATION + "sources/<slug:source>/quotes/<slug:quote>/weigh": form(ANALYSTS),
    NEGOTIATION + "origins/": look(READERS),
    NEGOTIATION + "history/<slug:kind>/<slug:key>/": look(READERS),
    NEGOTIATION + "changes/<int:revision>/": look(READERS),
    NEGOTIATION + "changes/<int:revision>/undo": form(ANALYSTS),
    NEGOTIATION + "changes/": look(READERS),
    NEGOTIATION + "changes.atom": look(READERS),
    NEGOTIATION + "compare/": look(READERS),
    NEGOTIATION + "compare/briefed": post(READERS_WITH_ACCOUNTS),
    NEGOTIATION + "compare.csv": look(READERS),
    NEGOTIATION + "search/": look(READERS),
    NEGOTIATION + "jump/": look(READERS),
    NEGOTIATION + "work/": keep(ANALYSTS),
    NEGOTIATION + "positions/<slug:party>/<int:priority>/work": keep(READERS_WITH_ACCOUNTS),
    NEGOTIATION + "parties/<slug:party>/work": keep(READERS_WITH_ACCOUNTS),
    NEGOTIATION + "priorities/<int:priority>/work": keep(READERS_WITH_ACCOUNTS),
    NEGOTIATION + "questions/<slug:question>/work": keep(READERS_WITH_ACCOUNTS),
    NEGOTIATION + "digest/": keep(READERS_WITH_ACCOUNTS),
    NEGOTIATION + "views/": keep(see=READERS, do=READERS_WITH_ACCOUNTS),
}

ADMIN = "admin/"

DOORS: dict[str, Row] = {
    ADMIN: keep(CURATORS),
    ADMIN + "login/": keep(CURATORS),
    ADMIN + "logout/": keep(see=SIGNING_OUT, do=EVERYBODY),
    ADMIN + "password_change/": keep(CURATORS),
    ADMIN + "password_change/done/": keep(see=CURATORS, do=NOT_SENT),
    ADMIN + "autocomplete/": keep(see=NO_CURATOR, do=NOT_SENT),  # no field uses it
    ADMIN + "jsi18n/": keep(see=CURATORS, do=NOT_SENT),
    ADMIN + "r/<path:content_type_id>/<path:object_id>/": keep(NOT_THERE),  # pages link to their own addresses
    ADMIN + "^(?P<app_label>negotiations)/$": keep(CURATORS),
    ADMIN + "(?P<url>.*)$": keep(NOT_THERE),
}


def noun(name: str, *, list_: Row, add: Row, row: Row, history: Row, delete: Row, **acts: Row) -> dict[str, Row]:
    """The addresses of one noun in the curators' site."""
    base = f"{ADMIN}negotiations/{name}/"
    return {
        base: list_,
        base + "add/": add,
        base + "<path:object_id>/change/": row,
        base + "<path:object_id>/history/": history,
        base + "<path:object_id>/delete/": delete,
        base + "<path:object_id>/": keep(CURATORS),  # leads to …/change/, whatever is there
        **{f"{base}<int:pk>/{act}/": who for act, who in acts.items()},
    }


def kept(name: str, *acts: str) -> dict[str, Row]:
    """Curators add and change it; nothing is ever deleted."""
    return noun(
        name,
        list_=keep(CURATORS),
        add=keep(CURATORS),
        row=keep(ITS_CURATORS),
        history=keep(ITS_CURATORS),
        delete=keep(NOT_EVEN_ITS_OWN),
        **dict.fromkeys(acts, keep(ITS_CURATORS)),
    )


def shown(name: str, *acts: str) -> dict[str, Row]:
    """Written elsewhere and only to read here, but for `acts` that add to its history."""
    return noun(
        name,
        list_=keep(CURATORS),
        add=keep(NO_CURATOR),
        row=keep(see=ITS_CURATORS, do=NOT_EVEN_ITS_OWN),
        history=keep(ITS_CURATORS),
        delete=keep(NOT_EVEN_ITS_OWN),
        **dict.fromkeys(acts, keep(ITS_CURATORS)),
    )


CURATED: dict[str, Row] = {
    **kept("party"),
    **kept("person"),
    **kept("priority"),
    **kept("meeting"),
    **kept("instrument"),
    **kept("commitment", "event"),
    **kept("outlet", "grade", "merge", "apart"),
    **kept("source", "status", "text", "merge", "apart"),
    **shown("change"),
    **shown("evidence"),
    **shown("quote", "grade"),
    **shown("snapshot"),
    **shown("stance"),
    # Curators see what their negotiation is and who is in it; administrators say so.
    **noun(
        "negotiation",
        list_=keep(CURATORS),
        add=keep(ADMINISTRATORS),
        row=keep(see=ITS_CURATORS, do=ITS_KEEPERS),
        history=keep(ITS_CURATORS),
        delete=keep(NOT_EVEN_ITS_OWN),
    ),
    # Accounts are for administrators alone; whether there is one, nobody else is told.
    **noun(
        "user",
        list_=keep(ADMINISTRATORS),
        add=keep(ADMINISTRATORS),
        row=keep(OF_ACCOUNTS),
        history=keep(OF_ACCOUNTS),
        delete=keep(NO_ACCOUNT),
        password=keep(OF_ACCOUNTS),
        anonymous=keep(OF_ACCOUNTS),
    ),
}

ADDRESSES: dict[str, Row] = {**PAGES, **DOORS, **CURATED}


def expected(row: Row, method: str, who: str, visibility: str) -> str:
    """What the table says that `who` gets."""
    return given(row[method], who, visibility) if method in row else "405"


def given(rule: Rule, who: str, visibility: str) -> str:
    return rule[visibility].split()[WHO.index("nobody" if who == "deactivated" else who)]
