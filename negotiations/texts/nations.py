"""What texts call a state apart from its name: its people, its capital, the seats of its government.

A help, not a list of who exists: it saves a curator from writing "French" and "Paris" under France, and tells where
a text turns to a state that is no party. What is missing or wrong here is set right by a party's aliases.
"""

from __future__ import annotations

from dataclasses import dataclass

from .nations_abroad import abroad, cells


@dataclass(frozen=True)
class Nation:
    """`names` as parties may be called; `people` are adjectives and peoples; the capital is a place too.

    names_abroad, people_abroad: the same, but for the English ones, in German and French.
    """

    names: tuple[str, ...]
    people: tuple[str, ...]
    capital: tuple[str, ...]
    seats: tuple[str, ...]
    names_abroad: tuple[str, ...]
    people_abroad: tuple[str, ...]


# names | people | capital | seats
_TABLE = """
Australia | Australian | Canberra |
Austria | Austrian | Vienna |
Belarus | Belarusian | Minsk |
Belgium | Belgian | |
Bulgaria | Bulgarian | Sofia |
Canada | Canadian | Ottawa |
China | Chinese | Beijing |
Croatia | Croatian, Croat | Zagreb |
Cyprus | Cypriot | Nicosia |
Czech Republic, Czechia | Czech | Prague |
Denmark | Danish, Dane | Copenhagen | Folketing
Estonia | Estonian | Tallinn |
Europeans | European, Europe | |
European Union, EU | | Brussels | European Commission, European Council, the Commission, the Union, the bloc, Berlaymont
Finland | Finnish, Finn | Helsinki |
France | French, Frenchman, Frenchmen | Paris | Elysee, Elysee Palace, Quai d'Orsay, Matignon
Germany | German | Berlin | Bundestag, Bundeswehr, Chancellery
Greece | Greek | Athens |
Hungary | Hungarian | Budapest |
Iceland | Icelandic | Reykjavik |
India | Indian | New Delhi |
Iran | Iranian | Tehran |
Ireland | Irish | Dublin |
Israel | Israeli | Jerusalem |
Italy | Italian | Rome |
Japan | Japanese | Tokyo |
Latvia | Latvian | Riga |
Lithuania | Lithuanian | Vilnius |
Luxembourg | Luxembourgish | |
Moldova | Moldovan | Chisinau |
NATO, North Atlantic Treaty Organization | | | Atlantic alliance, North Atlantic Council
Netherlands | Dutch | The Hague |
New Zealand | | Wellington |
North Korea | North Korean | Pyongyang |
Norway | Norwegian | Oslo |
Poland | Polish, Pole | Warsaw | Sejm
Portugal | Portuguese | Lisbon |
Romania | Romanian | Bucharest |
Russia, Russian Federation | Russian | Moscow | Kremlin, Duma, State Duma
Saudi Arabia | Saudi | Riyadh |
Serbia | Serbian, Serb | Belgrade |
Slovakia | Slovak | Bratislava |
Slovenia | Slovenian, Slovene | Ljubljana |
South Korea | South Korean | Seoul |
Spain | Spanish, Spaniard | Madrid |
Sweden | Swedish, Swede | Stockholm |
Switzerland | Swiss | |
Turkey, Türkiye | Turkish, Turk | Ankara |
Ukraine | Ukrainian | Kyiv, Kiev | Verkhovna Rada, Bankova
United Kingdom, UK, Britain, Great Britain | British, Briton | London | Downing Street, Whitehall, No 10, RAF
United Nations, UN | | |
United States, US, USA, United States of America | American | Washington | White House, Pentagon, State Department
Venezuela | Venezuelan | Caracas |
"""


def _read(line: str) -> Nation:
    names, people, capital, seats = cells(line)
    names_abroad, people_abroad, seats_abroad = abroad(names[0])
    return Nation(names, people, capital, seats, (*names_abroad, *seats_abroad), people_abroad)


NATIONS = tuple(_read(line) for line in _TABLE.strip().splitlines())
_BY_NAME = {name.casefold(): nation for nation in NATIONS for name in nation.names}


def nation_of(*names: str) -> Nation | None:
    """The nation that is called by one of these names."""
    return next((_BY_NAME[name.casefold()] for name in names if name.casefold() in _BY_NAME), None)
