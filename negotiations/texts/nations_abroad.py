"""What German and French texts call a state: its names, its people in all forms of the word, and its seats."""

from __future__ import annotations

# nation, as in `nations` | names | adjectives and peoples without an ending | capital and seats
_GERMAN = """
Austria | Österreich | österreichisch |
Belgium | Belgien | belgisch |
Canada | Kanada | kanadisch |
China | | chinesisch |
Cyprus | Zypern | zyprisch | Nikosia
Denmark | Dänemark | dänisch | Kopenhagen
Europeans | europäische Staaten, europäischen Staaten | Europäer, europäisch |
European Union | Europäische Union, Europäischen Union | | Brüssel
Finland | Finnland | finnisch |
France | Frankreich | französisch, Franzose |
Germany | Deutschland, Bundesrepublik | deutsch | Bundesregierung, Kanzleramt, Regierungskreise
Hungary | Ungarn | ungarisch |
Italy | Italien | italienisch | Rom
NATO | Nordatlantikpakt | |
Netherlands | Niederlande | niederländisch | Den Haag
Norway | Norwegen | norwegisch |
Poland | Polen | polnisch | Warschau
Russia | Russland, Rußland | russisch, Russe | Moskau, Kreml, Kremlsprecher
Spain | Spanien | spanisch |
Sweden | Schweden | schwedisch |
Turkey | Türkei | türkisch |
Ukraine | | ukrainisch, Ukrainer | Kiew, Kyjiw
United Kingdom | Großbritannien, Vereinigtes Königreich, Vereinigte Königreich | britisch, Brite | Unterhaus
United States | Vereinigte Staaten, Vereinigten Staaten | amerikanisch, Amerikaner | Weiße Haus, Weißen Haus
"""
_FRENCH = """
Austria | Autriche | autrichien |
Belgium | Belgique | belge |
Canada | | canadien |
China | Chine | chinois | Pékin
Cyprus | Chypre | chypriote | Nicosie
Denmark | Danemark | danois | Copenhague
Europeans | | européen |
European Union | Union européenne, UE | | Bruxelles, Commission européenne
Finland | Finlande | finlandais |
France | | français |
Germany | Allemagne | allemand |
Hungary | Hongrie | hongrois |
Italy | Italie | italien |
NATO | OTAN | |
Netherlands | Pays-Bas | néerlandais | La Haye
Norway | Norvège | norvégien |
Poland | Pologne | polonais | Varsovie
Russia | Russie | russe | Moscou
Spain | Espagne | espagnol |
Sweden | Suède | suédois |
Turkey | Turquie | turc, turque |
Ukraine | | ukrainien |
United Kingdom | Royaume-Uni, Grande-Bretagne | britannique | Londres
United States | États-Unis | américain | Maison Blanche
"""
_ENDINGS = {_GERMAN: ("", "e", "en", "er", "es", "em", "n", "s"), _FRENCH: ("", "e", "ne", "s", "es", "nes")}

Names = tuple[str, ...]


def cells(line: str) -> list[Names]:
    """A row of a table of names: the names in each of its cells."""
    return [tuple(part.strip() for part in cell.split(",") if part.strip()) for cell in line.split("|")]


def abroad(nation: str) -> tuple[Names, Names, Names]:
    """The names, people and seats of a nation that has this English name."""
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for table, endings in _ENDINGS.items():
        for (name, *_), names, stems, seats in map(cells, table.strip().splitlines()):
            if name == nation:
                found[0].extend((*names, *(f"{name}s" for name in names)))
                people = [stem + ending for stem in stems for ending in endings]
                found[1].extend((*people, *(word.capitalize() for word in people)))
                found[2].extend(seats)
    return tuple(found[0]), tuple(found[1]), tuple(found[2])
