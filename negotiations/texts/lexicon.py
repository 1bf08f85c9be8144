"""Words that tell who speaks, who is meant and who takes a stand; as they stand in texts, in small letters.

Forms of verbs and nouns are told apart on purpose: "agreed" takes a stand, "agreement" does not.
"""

from __future__ import annotations

from . import lexicon_abroad as abroad
from .wordforms import stem, word_set


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, text.split()))


SPEAKING = abroad.SPEAKING | word_set(
    "said says say told tells tell added adds stressed stresses emphasised emphasized emphasises emphasizes noted "
    "notes stated announced announces acknowledged insisted insists argued argues warned warns called calls "
    "remarked explained asked asks wrote declared underlined repeated repeats replied answered answers promised "
    "promises pledged conceded think thinks described reiterated confirmed suggested suggests indicated mentioned "
    "demanded demands hinted claimed according recalled recalls underscored underscores outlined outlines assured "
    "cautioned cautions voiced commented countered reckons writes pointed points "
)
DOING = (
    SPEAKING
    | abroad.DOING
    | word_set(
        "will would wo can cannot could should must shall want wants wanted seek seeks sought seeking refuse refuses "
        "refused reject rejects rejected rule ruled rules ruling support supports supported oppose opposes opposed "
        "agree agrees agreed commit commits committed sign signed plan plans planned intends aim aims hope hopes "
        "hoped offer offers offered propose proposes proposed expect expects expected need needs needed send sends "
        "sent give gives gave lead leads led make makes made take takes took presented push pushes pushed express "
        "expressed treat treats speak speaks spoke do does did remain remains met meet meets go goes went invited "
        "accept accepts accepted exclude excludes excluded keep keeps hail hailed welcomes welcomed prefer prefers "
        "demanding pay pays joined back backs backed know knows believe believes believed fear fears doubts put puts "
        "set get regards insisting pledges "
    )
)
ACTING = DOING | abroad.ACTING | word_set("ready may might has have had is are was were")

# Whoever takes part, and what they write together.
GENERIC = abroad.GENERIC | word_set(
    "allies ally backers countries members nations parties partner partners participants signatories states "
    "supporters leaders capitals everyone draft declaration statement summit discussions "
)

# Pronouns. "I" and "we" count with a capital or in full, never "us", which may stand for a country.
SINGULAR = abroad.SINGULAR | word_set("he she")
PLURAL = abroad.PLURAL | word_set("they both")
OF_A_PERSON = abroad.OF_A_PERSON | word_set("him his her hers himself herself")
OBLIQUE = OF_A_PERSON | abroad.OF_SEVERAL | word_set("them their theirs themselves")
OWNING = abroad.OF_A_PERSON | abroad.OF_SEVERAL | word_set("his her their its")
FIRST = abroad.FIRST | word_set("I We we Our our My my me ourselves myself")
DETERMINERS = abroad.DETERMINERS | word_set("the his her their its")

# Before or after a nation's name, they make people of it: "Kremlin spokesman", "the Danish government".
OFFICES = abroad.OFFICES | word_set(
    "adviser advisor aide ambassador chair chairman chairwoman chancellor chief commander commission commissioner "
    "delegation delegate diplomat embassy envoy general government head lawmaker leader leadership minister "
    "ministry mp negotiator office official palace parliament parliamentarian premier presidency president "
    "presidential secretary senator side spokesman spokesperson spokeswoman team "
)
# What may stand between a nation's name and that of its minister.
BETWEEN = (
    OFFICES
    | abroad.BETWEEN
    | word_set(
        "armed chief climate communications defence defense deputy economy energy europe ex finance foreign former "
        "interior lead led national permanent prime s security senior special state vice western "
    )
)
# What is somebody's own: who is part of it, who speaks for it, and nouns for what it wants.
OWN = OFFICES | word_set(
    "ally allie capital countrie member nation partner state announcement approach approval commitment consent "
    "decision demand emphasis emphasi focu focus insistence intention involvement objection offer participation "
    "pledge position promise proposal readines readiness refusal request role silence stance support view "
    "willingnes willingness "
)
MEN = abroad.MEN | word_set("troops forces soldiers contingent units")
# Somebody of whom was spoken right before, or whose soldiers were.
THE_ONE = (
    MEN
    | abroad.THE_ONE
    | word_set(
        "alliance ambassador bloc capital country delegation envoy government kingdom leader minister ministry office "
        "official officials premier presidency side spokesman spokesperson spokeswoman "
    )
)
PLACED = abroad.PLACED | word_set("in at near inside across outside around within")
TOWARDS = abroad.TOWARDS | word_set("to from with for against on of over between via")
# What is done to somebody: "to support Ukraine" is not what Ukraine does.
DONE_TO = word_set(
    "support supports supporting help helps helping arm arming aid defend defending protect protecting reassure "
    "reassuring guarantee guaranteeing attack attacks attacked attacking invade invaded let lets urge urged press "
    "pressed pressure safeguard deter give giving allow allows allowing strengthen bolster secure securing ensuring "
    "ensure supply supplying equip train forcing force"
)
# What the talks are to prevent: "a renewed Russian attack" tells nothing of what Russia wants in them.
AGGRESSION = word_set(
    "aggression assault attack attacks breach breaches hostilities invasion offensive strikes threat threats "
    "violation violations war"
)
EVENTS = word_set("summit talks meeting declaration conference communique gathering statement agreement")
POINTING_BACK = word_set("this these that those such it they so")

STANCE = frozenset(map(stem, abroad.STANCE)) | _stems(
    "ready readiness willing unwilling rule refuse refusal reject oppose object condition insist pledge promise demand "
    "accept unacceptable never unless doubts veto exclude excluded rejects insists wants want"
)
