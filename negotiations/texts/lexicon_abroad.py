"""German and French words for what `lexicon` has in English: who speaks, who is meant, who takes a stand.

As texts have them once they are read: in small letters without accents. Words that English has too, with another
meaning, are left out ("a", "on", "war", "pays"), for a text is not asked what language it is in.
"""

from __future__ import annotations

from .wordforms import unaccented, word_set


def _words(text: str) -> frozenset[str]:
    return word_set(unaccented(text).casefold())


SPEAKING = _words(
    "sagte sagt erklärte erklärt betonte betont kündigte kündigt forderte fordert warnte warnt nannte nennt verlangte "
    "verlangt versprach verspricht verwies verweist bekräftigte sprach spricht teilte äußerte fügte zufolge hieß "
    "dit déclaré indiqué affirmé souligné annoncé expliqué rappelé estimé estime promis promet demandé réclame "
    "réclamé prévenu averti ajouté répondu selon évoqué reconnu confirmé salué"
)
DOING = SPEAKING | _words(
    "wollen wolle wollte wird werde werden würde soll sollen solle kann können könne könnte möchte muss müsse müssen "
    "lehnt lehnte schloss schließt unterzeichnete unterzeichneten unterzeichnet verpflichtet verpflichten unterstützt "
    "unterstützte beteiligt bleibt bietet stellt stellte sieht zeigte steht stehe stellen "
    "veut veulent peut pourrait pourraient doit doivent devrait va vont sera serait seront signé rejette rejeté refusé "
    "exclut exclu excluent soutient soutiendra souhaite accepte reste restera continuera fournira dirigera dirigeront "
    "enverra exige exigent promettent"
)
ACTING = DOING | _words("hat hatte haben habe ist sind sei seien waren bereit ont est sont était étaient prêt prête")
GENERIC = _words(
    "mitglieder staaten mitgliedstaaten teilnehmer verbündete verbündeten unterstützer willigen membres alliés états "
    "partenaires volontaires erklärung déclaration gipfel"
)
SINGULAR, PLURAL = _words("er il elle"), _words("sie beide ils elles")
OF_A_PERSON = _words("sein seine seinem seinen seiner seines sa ses")
OF_SEVERAL = _words("ihr ihre ihrem ihren ihrer ihres leur leurs")
FIRST = word_set("wir Wir unser unsere Unsere nous Nous notre Notre")
DETERMINERS = OF_A_PERSON | OF_SEVERAL | _words("der die das dem den des le la les l")
OFFICES = _words(
    "außenminister außenministerin verteidigungsminister ministerpräsident ministerpräsidentin premierminister "
    "premierministerin präsident präsidentin bundeskanzler bundeskanzlerin kanzler kanzlerin sprecher sprecherin "
    "kremlsprecher regierungssprecher sondergesandte sondergesandter botschafter generalsekretär regierungschef "
    "regierungschefin staatschef kommissionspräsidentin außenbeauftragte regierung ministerium außenministerium "
    "verteidigungsministerium präsidialamt präsidialbüro außenamt außenamtssprecherin regierungssprecherin "
    "ministre chancelier présidente secrétaire général émissaire ambassadeur chef cheffe porte parole gouvernement"
)
BETWEEN = OFFICES | _words("des affaires étrangères de la défense diplomatie")
THE_ONE = _words(
    "bündnis allianz regierung ministerium minister sprecher sprecherin kanzler chancelier ministre gouvernement "
    "staatschef regierungschef"
)
MEN = _words("truppen soldaten streitkräfte einheiten bodentruppen troupes soldats militaires")
PLACED = _words("im bei aus en dans")
TOWARDS = _words("nach für gegen mit von zu zur zum über aux au pour contre avec de du sur vers")
STANCE = _words(
    "lehnt ablehnt fordert verlangt bereit bedingung ausgeschlossen weigert rejette exige exclut prêt promet"
)
# How else a title is said: of a president "der Staatschef".
TITLES = {
    ("president",): ("präsident", "präsidentin", "staatschef", "présidente", "chef de l État"),
    ("prime", "minister"): ("premierminister", "premierministerin", "ministerpräsidentin", "premier ministre"),
    ("chancellor",): ("kanzler", "bundeskanzler", "kanzlerin", "chancelier"),
}
