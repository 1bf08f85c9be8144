"""What happens to quoted passages in practice: name, old text, new text, expected state.

The passage stands between ⟦ and ⟧ in the old text; in the new one, what is to be found there does.

What is judged how, where the words of the five states leave a choice:
- The same place with other words around it is `moved`, not `exact`: the surroundings are part of what was cited.
- Case, commas, numbers and signs are words too: another one is `altered`. So is a passage of which half is left.
- A negation, a denial or another subject right beside the passage turns its sense: `altered`, and `found` shows it.
- A word of the passage's own sentence that changes farther away leaves it `moved`.
- Changed in place, though the same sentence stands once more elsewhere, it is `altered`; if as little is left around
  the one as around the other, `ambiguous`.
- Words before what stood right before the passage, and still stands where it stood, were said there then, too: if the
  passage was deleted, it is `gone`.
- A line among others that read alike is `gone` when it is deleted, and `moved` when it changed places with them.
- Two places with the same surroundings: the old place, untouched, is `exact`; otherwise `ambiguous`. If nothing is left
  between these surroundings at the old place, the passage is `gone`, though its twin still stands.
- Words that stand once elsewhere are `moved` if their sentence came with them, or if they are many and nothing of
  what stood around them stands elsewhere; else they are another sentence's, and the passage is `gone`.
"""

from __future__ import annotations

A = "The talks began on Monday. "
Z = " Talks go on next week, officials said."
LONG = "France will lead a multinational force on land, at sea and in the air after a ceasefire"

SAME = [
    ("nothing changed", f"{A}⟦France will send 100 troops⟧.{Z}", f"{A}⟦France will send 100 troops⟧.{Z}"),
    ("the beginning of the text", f"⟦The talks⟧ began.{Z}", f"⟦The talks⟧ began.{Z}"),
    ("the end of the text", f"{A}They ⟦will go on⟧", f"{A}They ⟦will go on⟧"),
    ("the whole text", "⟦No deal⟧", "⟦No deal⟧"),
    (
        "something far away changed",
        f"{A}{A}⟦France agreed⟧ at once.{Z}",
        f"The calls began on Monday. {A}⟦France agreed⟧ at once.{Z}",
    ),
    ("the text goes on after it", f"{A}They ⟦will go on⟧", f"{A}They ⟦will go on⟧ until Friday."),
    ("only the line breaks around it", f"{A}They\n⟦will go on⟧ and on.{Z}", f"{A}They ⟦will go on⟧\nand on.{Z}"),
    ("part of a word", f"{A}An ⟦agree⟧ment is near.{Z}", f"{A}An ⟦agree⟧ment is near.{Z}"),
    (
        "its twin far before it deleted",
        f"{A}We agree.{Z} {A}⟦We met⟧.{Z}",
        f"{A}We agree.{Z} {A}⟦We met⟧.{Z} So it was.",
    ),
    (
        "the same words again, later on",
        f"{A}⟦We agree⟧, he said.{Z}",
        f"{A}⟦We agree⟧, he said.{Z}\n\n{A}We agree, he said.{Z}",
    ),
]

LINES = ["France will pay 200 million euros in 2026.", "Spain will pay 120 million euros in 2027."]
LINES += ["Italy will pay 150 million euros in 2028.", "Malta will pay 30 million euros in 2029."]

MOVED = [
    (
        "from our summary to the text, where words like them stand, too",
        "They have plans for “⟦the reconstruction of the Ukrainian army⟧”.",
        f"{A}Some pay for the modernization of the Ukrainian army. He plans "
        "⟦the reconstruction of the Ukrainian army⟧, too.",
    ),
    (
        "its sentence moved to before those that preceded it",
        f"{A}It rained a lot. We met on Tuesday. ⟦{LONG}⟧.{Z}",
        f"{A}⟦{LONG}⟧. It rained a lot. We met on Tuesday.{Z}",
    ),
    (
        "the first paragraphs, behind a new one, and what followed begins like another",
        f"⟦{LONG}.\n\nWhy it matters.\n\nRome will pay for a part of it, says Paris⟧.\n\nThe summit in Paris began. "
        f"{A}It rained.\n\nThe summit in Paris ended.",
        f"News.\n\n⟦{LONG}.\n\nWhy it matters.\n\nRome will pay for a part of it, says Paris⟧.\n\n"
        f"The summit in Paris began. {A}It rained.\n\nThe summit in Paris ended.",
    ),
    (
        "a line between lines that read alike, of which the next one is deleted",
        f"{A}\n- {LINES[0]}\n- ⟦{LINES[1]}⟧\n- {LINES[2]}\n- {LINES[3]}\n",
        f"{A}\n- {LINES[0]}\n- ⟦{LINES[1]}⟧\n- {LINES[3]}\n",
    ),
    (
        "the last sentence of a paragraph that moved, behind words that others end with, too",
        f"{A}\n\nHe spoke of the need for lasting security guarantees. ⟦{LONG}⟧.\n\n"
        "Additionally, the tanker was let go.",
        f"He spoke of the need for lasting security guarantees. ⟦{LONG}⟧.\n\n{A * 20}\n\n"
        "They want binding security guarantees.\n\nAdditionally, the tanker was let go.",
    ),
    (
        "a point of a list, first now",
        f"{A}\n- No date.\n- ⟦France and Rome will pay⟧.",
        "- ⟦France and Rome will pay⟧.\n",
    ),
    ("signs of full width", f"{A}⟦They met in 2026⟧.{Z}", f"{A}⟦They met in ２０２６⟧.{Z}"),
    ("a word with hyphens in three lines", f"{A}⟦at his Mar-a-Lago home⟧.{Z}", f"{A}⟦at his Mar-\na-\nLago home⟧.{Z}"),
    (
        "behind another's denial and a dash",
        f"{A}⟦{LONG}⟧.{Z}",
        f"They made no pledge. — ⟦{LONG}⟧. Rain fell.",
    ),
    (
        "lines that read alike in another order",
        f"{A}\n- {LINES[0]}\n- ⟦{LINES[1]}⟧\n- {LINES[2]}\n- {LINES[3]}\n",
        f"{A}\n- {LINES[0]}\n- {LINES[3]}\n- {LINES[2]}\n- ⟦{LINES[1]}⟧\n",
    ),
    (
        "a paragraph put in before the last short sentence",
        f"{A}He went home early. ⟦They agreed on it⟧.",
        f"{A}He went home early.\n\nA band played.\n\n⟦They agreed on it⟧.",
    ),
    (
        "a word beside it in a script without capitals",
        f"{A}قال إن ⟦الوزير سيزور باريس⟧ غدا.{Z}",
        f"{A}ذكر ⟦الوزير سيزور باريس⟧ غدا.{Z}",
    ),
    (
        "what somebody is quoted to say moved",
        f"{A}“⟦We thank all who helped us⟧.”{Z}",
        f"Talks go on. “⟦We thank all who helped us⟧.” {A}{Z}",
    ),
    (
        "a space of no width where a line is hyphenated",
        f"{A}⟦a multinational force⟧ goes.{Z}",
        f"{A}⟦a multi-\u200b\nnational force⟧ goes.{Z}",
    ),
    (
        "a sentence moved to where another begins like its neighbour",
        f"{A}Dinner was served. ⟦How many failed to publish?⟧\n\nThe Minister of State: I cannot say.{Z}",
        f"{A}⟦How many failed to publish?⟧\n\nThe Minister of State: None. Dinner was served.\n\n"
        f"The Minister of State: I cannot say.{Z}",
    ),
    (
        "a copy put in before it, within the same surroundings",
        f"Talks in Geneva\n\n⟦{LONG}⟧ begins. No date is set.",
        f"Talks in Geneva\n\nIn a note one reads: {LONG}, says an aide.\n\n⟦{LONG}⟧ begins. No date is set.",
    ),
    (
        "a few words, all else rewritten",
        f"{A}They ⟦agreed to pay for it⟧ at once.{Z}",
        "As one told us there: ⟦agreed to pay for it⟧, no more.",
    ),
    (
        "the heading that begins the text",
        f"⟦Talks in Geneva⟧\n\n{A}{Z}",
        f"⟦Talks in Geneva⟧\n\nRead more: prices.\n\n{A}{Z}",
    ),
    ("a name beside it spelt otherwise", f"{A}So Zelensky ⟦agreed to it⟧.{Z}", f"{A}So Zelenskyy ⟦agreed to it⟧.{Z}"),
    ("nothing else left, in quotes", f"{A}Then ⟦France agreed⟧ at once.{Z}", "“⟦France agreed⟧”"),
    ("angles for quotes", f"{A}⟦a “red line” for Kyiv⟧.{Z}", f"{A}⟦a «red line» for Kyiv⟧.{Z}"),
    (
        "from our summary to the text, which denies something else before",
        "They say that “⟦other way, and all in that room know⟧” now.",
        f"{A}Nobody said any ⟦other way, and all in that room know⟧ it.{Z}",
    ),
    (
        "what reads like its neighbour is its own beginning",
        f"{A}⟦The council shall meet once a month.⟧ The council shall decide by a majority.",
        f"{A}⟦The council shall meet once a month.⟧ Dinner was served on the terrace.",
    ),
    ("a paragraph before", f"{A}⟦France agreed⟧ at once.{Z}", f"A new lead.\n\n{A}⟦France agreed⟧ at once.{Z}"),
    ("lines wrapped", f"{A}⟦France will send troops⟧.{Z}", f"{A}⟦France will\nsend troops⟧.{Z}"),
    ("lines from Windows", f"{A}⟦France\nwill send⟧ troops.{Z}", f"{A}⟦France\r\nwill send⟧ troops.{Z}"),
    ("two spaces", f"{A}⟦France will send⟧ troops.{Z}", f"{A}⟦France  will send⟧ troops.{Z}"),
    ("spaces that do not break", f"{A}⟦some 100 troops⟧ go.{Z}", f"{A}⟦some\u00a0100\u202ftroops⟧ go.{Z}"),
    ("a paragraph cut in two", f"{A}⟦We agree. We sign⟧ today.{Z}", f"{A}⟦We agree.\n\nWe sign⟧ today.{Z}"),
    ("curly quotes", f'{A}⟦Kyiv\'s "red line"⟧ stands.{Z}', f"{A}⟦Kyiv’s “red line”⟧ stands.{Z}"),
    ("French quotes", f"{A}⟦a “red line” for Kyiv⟧.{Z}", f"{A}⟦a «\u00a0red line\u00a0» for Kyiv⟧.{Z}"),
    ("single quotes", f"{A}⟦a “red line” for Kyiv⟧.{Z}", f"{A}⟦a 'red line' for Kyiv⟧.{Z}"),
    ("another dash", f"{A}⟦ready – but not yet⟧ there.{Z}", f"{A}⟦ready—but not yet⟧ there.{Z}"),
    ("two hyphens for a dash", f"{A}⟦ready — but not yet⟧ there.{Z}", f"{A}⟦ready -- but not yet⟧ there.{Z}"),
    ("a hyphen that does not break", f"{A}⟦a long-term plan⟧ is due.{Z}", f"{A}⟦a long\u2011term plan⟧ is due.{Z}"),
    ("a range of years", f"{A}⟦from 2026–2030⟧ at least.{Z}", f"{A}⟦from 2026-2030⟧ at least.{Z}"),
    ("soft hyphens", f"{A}⟦a multinational force⟧ goes.{Z}", f"{A}⟦a multi\u00adnational force⟧ goes.{Z}"),
    ("hyphenated at the line's end", f"{A}⟦a multinational force⟧ goes.{Z}", f"{A}⟦a multi-\nnational force⟧ goes.{Z}"),
    ("its own hyphen at the line's end", f"{A}⟦a long-term plan⟧ is due.{Z}", f"{A}⟦a long-\nterm plan⟧ is due.{Z}"),
    ("a hyphen that waits for its word", f"{A}⟦short- and long-term⟧ aid.{Z}", f"{A}⟦short-\nand long-term⟧ aid.{Z}"),
    ("no longer hyphenated", f"{A}⟦a multi-\nnational force⟧ goes.{Z}", f"{A}⟦a multinational force⟧ goes.{Z}"),
    ("no longer broken at its hyphen", f"{A}⟦a long-\nterm plan⟧ is due.{Z}", f"{A}⟦a long-term plan⟧ is due.{Z}"),
    ("hyphenated, then run on", f"{A}⟦a multinational force⟧ goes.{Z}", f"{A}⟦a multi- national force⟧ goes.{Z}"),
    ("ligatures", f"{A}⟦the first official offer⟧.{Z}", f"{A}⟦the ﬁrst oﬃcial oﬀer⟧.{Z}"),
    ("another Unicode form", f"{A}⟦Nicolás Maduro fled⟧.{Z}", f"{A}⟦Nicola\u0301s Maduro fled⟧.{Z}"),
    ("spaces of no width", f"{A}⟦France will send⟧ troops.{Z}", f"{A}⟦France\u200b will\ufeff send⟧ troops.{Z}"),
    ("three dots in one", f"{A}⟦we will... see⟧.{Z}", f"{A}⟦we will… see⟧.{Z}"),
    ("its paragraph moved", f"{A}\n\nSo ⟦France agreed⟧ at once.\n\n{Z}", f"{Z}\n\nSo ⟦France agreed⟧ at once.\n\n{A}"),
    ("a point of a list with its dash", f"{A}\n\n⟦- {LONG}.⟧\n\n- No date.", f"{A}\n\n- No date.\n\n⟦- {LONG}.⟧"),
    ("its sentence moved", f"{A}⟦{LONG}.⟧{Z}", f"{A}Talks go on next week, officials said. ⟦{LONG}.⟧"),
    ("its sentence and the next swapped", f"{A}⟦{LONG}.⟧ No date is set.{Z}", f"{A}No date is set. ⟦{LONG}.⟧{Z}"),
    ("a heading moved", f"{A}\n⟦Why it matters⟧\nFew know.{Z}", f"{Z}\n\n⟦Why it matters⟧\nFew know. {A}"),
    ("under another heading", f"{A}\nThe mood\n⟦{LONG}⟧.{Z}", f"{A}\nThe plan\n⟦{LONG}⟧.{Z}"),
    ("an item of a list moved", f"{A}\n- No date.\n- ⟦France will pay⟧.\n", f"{A}\n- ⟦France will pay⟧.\n- No date.\n"),
    (
        "a row of a table moved",
        "Norway | yes\n⟦Spain | not yet⟧\nMalta | no",
        "⟦Spain | not yet⟧\nMalta | no\nNorway | yes",
    ),
    (
        "only what precedes rewritten",
        f"{A}⟦France agreed⟧ at once.{Z}",
        f"Who would have thought it? ⟦France agreed⟧ at once.{Z}",
    ),
    ("the text cut off before it", f"{A}Then ⟦France agreed⟧ at once.{Z}", f"Then ⟦France agreed⟧ at once.{Z}"),
    ("nothing else left", f"{A}Then ⟦France agreed⟧ at once.{Z}", "⟦France agreed⟧"),
    ("German quotes", f'{A}⟦er nannte es "klar"⟧.{Z}', f"{A}⟦er nannte es „klar“⟧.{Z}"),
    ("a Ukrainian apostrophe", f"{A}⟦П’ять країн ще вагаються⟧.{Z}", f"{A}⟦Пʼять країн ще вагаються⟧.{Z}"),
    (
        "its near copy deleted",
        f"{A}Rome will pay for it. Paris ⟦will pay for it⟧.{Z}",
        f"{A}Paris ⟦will pay for it⟧.{Z}",
    ),
    ("what stands around it rewritten", f"{A}⟦{LONG}⟧.{Z}", f"In a speech he told them: ⟦{LONG}⟧, which pleased all."),
    ("only what follows rewritten", f"{A}⟦France agreed⟧ at once.{Z}", f"{A}⟦France agreed⟧ after long debates."),
    ("a word before it", f"{A}France ⟦will send troops⟧.{Z}", f"{A}France soon ⟦will send troops⟧.{Z}"),
    ("the text cut off after it", f"{A}⟦France agreed⟧ at once.{Z}", f"News. {A}⟦France agreed⟧"),
    (
        "a second time, in other surroundings",
        f"{A}⟦France agreed⟧ at once.{Z}",
        f"So France agreed. {A}⟦France agreed⟧ at once.{Z}",
    ),
    (
        "from our summary to the text",
        "He says that “⟦final deals remain elusive⟧” now.",
        f"{A}Still, ⟦final deals remain elusive⟧ in Paris.{Z}",
    ),
    (
        "what was negated before still is",
        f"{A}They did not ⟦sign the draft⟧.{Z}",
        f"News. {A}They did not ⟦sign the draft⟧.{Z}",
    ),
    (
        "a sentence with a negation before",
        f"{A}⟦France will send troops⟧.{Z}",
        f"{A}Nobody objected. ⟦France will send troops⟧.{Z}",
    ),
]

ALTERED = [
    (
        "the first word of a last paragraph",
        f"{A}\n\n⟦Early on Monday they are to meet. Three ministers will tell what is to be paid. It may be much⟧.",
        f"{A}\n\n⟦on Monday they are to meet. Three ministers will tell what is to be paid. It may be much⟧.",
    ),
    (
        "another name, and the next sentence begins as it does",
        f"{A}\n\n⟦Both of the signing states agree to send arms to Kyiv.⟧ Both of the signing states agree to pay.{Z}",
        f"{A}\n\n⟦Both of the signing states agree to send arms to Oslo.⟧ Both of the signing states agree to pay.{Z}",
    ),
    (
        "another name in a first line of which the next one repeats a part",
        f"⟦Home > Talks > Key talks in Paris on a truce in Kyiv⟧\n\nKey talks in Paris on a truce in Kyiv\n\n{A}{Z}",
        f"⟦Home > Talks > Key talks in Paris on a truce in Lviv⟧\n\nKey talks in Paris on a truce in Kyiv\n\n{A}{Z}",
    ),
    (
        "another word, and the old sentence right before it",
        f"{A}⟦{LONG}⟧.{Z}",
        f"{A}{LONG}. ⟦{LONG.replace('will', 'may')}⟧.{Z}",
    ),
    (
        "a word left out, its sentence moved",
        f"{A}⟦{LONG}⟧.{Z}",
        f"{A}Talks go on next week, officials said. ⟦{LONG.replace(' multinational', '')}⟧. It rained.",
    ),
    (
        "another name in a short sentence that moved",
        f"{A}⟦With respect, the OSCE needs consent from Moscow⟧.{Z} It rained.",
        f"{A}Talks go on next week, officials said. It rained. ⟦With respect, the OSCE needs consent from Kyiv⟧.",
    ),
    (
        "a negation taken out where its clause begins",
        f"{A}Both are his own: not ⟦in the list of gifts⟧.{Z}",
        f"{A}Both are his ⟦own: in the list of gifts⟧.{Z}",
    ),
    (
        "a negation taken out where its clause ends",
        f"{A}The answer was ⟦that the parts were⟧ not.{Z}",
        f"{A}The answer was ⟦that the parts were. Talks⟧ go on next week, officials said.",
    ),
    ("half of the whole text gone", "⟦No deal yet. They meet in May again.⟧", "⟦They meet in May again.⟧"),
    (
        "another word and what follows, and the same sentence once more elsewhere",
        f"{A}⟦France agreed to pay for it⟧.{Z}",
        f"{A}⟦France refused to pay for it⟧. Who knows. It rained. France agreed to pay for it. He left.",
    ),
    (
        "a negation in Polish right before it",
        f"{A}Czesi ⟦poparli ten plan⟧ w maju.{Z}",
        f"{A}Czesi ⟦nigdy poparli ten plan⟧ w maju.{Z}",
    ),
    ("a negation in Arabic", f"{A}⟦سيزور الوزير باريس⟧ غدا.{Z}", f"{A}⟦لن سيزور الوزير باريس⟧ غدا.{Z}"),
    (
        "another word at the text's end, which goes on now",
        f"{A}{A}⟦They answered that it could⟧.",
        f"{A}{A}⟦They answered that it should⟧. All rights reserved. Read more tomorrow.",
    ),
    (
        "another word in the text's first line, which is no longer first",
        f"⟦A joint statement of the ministers⟧\n\n{A}{Z}",
        f"Update: two aides left early.\n\n⟦A joint statement of some ministers⟧\n\n{A}{Z}",
    ),
    (
        "another word, and a note repeats the old ones",
        f"{A}He said ⟦they would agree to pay for it⟧.{Z}",
        f"{A}He said ⟦they might agree to pay for it⟧.{Z}\n\nCorrection: we wrote “they would agree to pay for it”.",
    ),
    (
        "another word of a short passage, and all before it rewritten",
        f"{A}There ⟦the envoys agreed to pay⟧ at once for it.{Z}",
        f"Who would have thought so? ⟦the envoys refused to pay⟧ at once for it.{Z}",
    ),
    (
        "another word, its sentence moved",
        f"{A}He said ⟦{LONG}⟧.{Z}",
        f"{A}Talks go on next week, officials said. He said ⟦{LONG.replace('will', 'may')}⟧.",
    ),
    ("a negation in German", f"{A}⟦Berlin wird Soldaten senden⟧.{Z}", f"{A}⟦Berlin wird nicht Soldaten senden⟧.{Z}"),
    ("a negation in French", f"{A}⟦Paris enverra des soldats⟧.{Z}", f"{A}⟦Paris n’enverra pas des soldats⟧.{Z}"),
    ("a negation in Ukrainian", f"{A}⟦Київ надішле війська⟧.{Z}", f"{A}⟦Київ не надішле війська⟧.{Z}"),
    ("a negation run into its verb", f"{A}⟦They would agree to it⟧.{Z}", f"{A}⟦They wouldn’t agree to it⟧.{Z}"),
    ("hardly, right before it", f"{A}They are ⟦ready to sign⟧.{Z}", f"{A}They are ⟦hardly ready to sign⟧.{Z}"),
    ("a tense", f"{A}⟦France has sent troops⟧.{Z}", f"{A}⟦France had sent troops⟧.{Z}"),
    ("an article", f"{A}⟦Kyiv wants the guarantee⟧.{Z}", f"{A}⟦Kyiv wants a guarantee⟧.{Z}"),
    ("a date", f"{A}⟦They meet on 6 January⟧.{Z}", f"{A}⟦They meet on 7 January⟧.{Z}"),
    ("a letter", f"{A}⟦They will form a coalition⟧.{Z}", f"{A}⟦They will from a coalition⟧.{Z}"),
    ("a sentence put in", f"{A}⟦We agree. We sign⟧ today.{Z}", f"{A}⟦We agree. Rain fell. We sign⟧ today.{Z}"),
    (
        "its twin in the same surroundings is not it",
        f"{A}We ⟦may sign it⟧, he said.{Z} {A}We may sign it, he said.{Z}",
        f"{A}We ⟦must sign it⟧, he said.{Z} {A}We may sign it, he said.{Z}",
    ),
    ("a negation put in", f"{A}⟦France will send troops⟧.{Z}", f"{A}⟦France will not send troops⟧.{Z}"),
    ("a negation taken out", f"{A}⟦France will not send troops⟧.{Z}", f"{A}⟦France will send troops⟧.{Z}"),
    ("another number", f"{A}⟦will send 100 troops⟧ soon.{Z}", f"{A}⟦will send 1000 troops⟧ soon.{Z}"),
    ("thousands", f"{A}⟦will send 100 troops⟧ soon.{Z}", f"{A}⟦will send 100,000 troops⟧ soon.{Z}"),
    ("a decimal point", f"{A}⟦growth of 15 percent⟧ or so.{Z}", f"{A}⟦growth of 1.5 percent⟧ or so.{Z}"),
    ("a point for a comma", f"{A}⟦some 1,000 troops⟧ go.{Z}", f"{A}⟦some 1.000 troops⟧ go.{Z}"),
    ("a sign", f"{A}⟦at 5 degrees⟧ or so.{Z}", f"{A}⟦at -5 degrees⟧ or so.{Z}"),
    ("a power", f"{A}⟦about 10² of them⟧ go.{Z}", f"{A}⟦about 102 of them⟧ go.{Z}"),
    ("a name", f"{A}⟦France will send troops⟧.{Z}", f"{A}⟦Germany will send troops⟧.{Z}"),
    ("a modal verb", f"{A}⟦France will send troops⟧.{Z}", f"{A}⟦France may send troops⟧.{Z}"),
    ("singular for plural", f"{A}⟦The guarantees are clear⟧.{Z}", f"{A}⟦The guarantee are clear⟧.{Z}"),
    ("small letters", f"{A}⟦The US is with us⟧.{Z}", f"{A}⟦The us is with us⟧.{Z}"),
    ("a comma", f"{A}⟦No, deals are near⟧ now.{Z}", f"{A}⟦No deals are near⟧ now.{Z}"),
    ("a hyphen within a line", f"{A}⟦They will re-sign it⟧ soon.{Z}", f"{A}⟦They will resign it⟧ soon.{Z}"),
    ("quotation marks taken out", f"{A}⟦the “guarantees” for Kyiv⟧.{Z}", f"{A}⟦the guarantees for Kyiv⟧.{Z}"),
    ("two words swapped", f"{A}⟦Kyiv asked Moscow first⟧.{Z}", f"{A}⟦Moscow asked Kyiv first⟧.{Z}"),
    ("its first word", f"{A}They ⟦would send troops⟧.{Z}", f"{A}They ⟦might send troops⟧.{Z}"),
    ("its last word", f"{A}They ⟦would send troops⟧.{Z}", f"{A}They ⟦would send tanks⟧.{Z}"),
    ("its first word gone", f"{A}They ⟦never sent troops⟧.{Z}", f"{A}They ⟦sent troops⟧.{Z}"),
    ("its one word", f"{A}They ⟦may⟧ send troops.{Z}", f"{A}They ⟦must⟧ send troops.{Z}"),
    ("half of it gone", f"{A}⟦France and Germany agreed to send troops⟧.{Z}", f"{A}⟦France and Germany agreed⟧.{Z}"),
    ("other words in other lines", f"{A}⟦France will send troops⟧.{Z}", f"News.\n\n{A}⟦France would\nsend troops⟧.{Z}"),
    (
        "another word, its paragraph moved",
        f"{A}\n\nAs he said, ⟦{LONG}⟧.\n\n{Z}",
        f"{Z}\n\nAs he said, ⟦{LONG.replace('lead', 'join')}⟧.\n\n{A}",
    ),
    (
        "not the same words elsewhere",
        f"{A}They ⟦may send troops⟧ soon.{Z}",
        f"{A}They ⟦must send troops⟧ soon.{Z} Others may send troops.",
    ),
    ("a negation right before it", f"{A}France will ⟦send troops⟧.{Z}", f"{A}France will ⟦not send troops⟧.{Z}"),
    ("a denial right before it", f"{A}He said that ⟦France agreed⟧.{Z}", f"{A}He ⟦denied that France agreed⟧.{Z}"),
    ("a negation right after it", f"{A}⟦France will⟧ send troops.{Z}", f"{A}⟦France will not⟧ send troops.{Z}"),
    (
        "a denial after a comma",
        f"{A}⟦France agreed⟧ on Monday.{Z}",
        f"{A}⟦France agreed, which is false⟧, on Monday.{Z}",
    ),
    ("a negation before it taken out", f"{A}They did not ⟦sign the draft⟧.{Z}", f"{A}They ⟦did sign the draft⟧.{Z}"),
    (
        "said of somebody else",
        f"{A}Then Paris ⟦agreed to everything⟧ at once.{Z}",
        f"{A}Then ⟦Kyiv agreed to everything⟧ at once.{Z}",
    ),
]

AMBIGUOUS = [
    (
        "once in its words and once with another one, nothing else left",
        f"{A}⟦{LONG}⟧.{Z}",
        f"{'It rained a lot. ' * 9}{LONG}. He left early. {'They met. ' * 30}{LONG.replace('will', 'may')}. So it was.",
    ),
    (
        "twice elsewhere, and deleted where it stood",
        f"{A}⟦{LONG}⟧.{Z}",
        f"{A.strip()}{Z} It rained. {LONG}. He left. Why so? {LONG}. They met.",
    ),
    (
        "the second of two in the same surroundings in other words, and the first about where it stood",
        f"{A}We may sign it, he said.{Z}\n{A}We ⟦may sign it⟧, he said.{Z}",
        f"It rained in Bonn. {A}{A}{A}We may sign it, he said.{Z}\n{A}We must sign it, he said.{Z}",
    ),
    (
        "a copy put in before it, with its surroundings",
        f"News. {A}{A}⟦We agree⟧, he said.{Z}",
        f"Late news. {A}{A}We agree, he said.{Z} {A}{A}We agree, he said.{Z}",
    ),
    (
        "twice in the same surroundings",
        f"{A}⟦We agree⟧, he said.{Z}",
        f"News. {A}We agree, he said.{Z} {A}We agree, he said.{Z}",
    ),
    ("twice, nothing else left", f"{A}⟦We agree⟧, he said.{Z}", "One: we see. We agree. Two: why not? We agree."),
]

GONE = [
    (
        "another sentence where its own stood, which is said again behind the same words",
        f"{A}All is in line with our legal duties. Nothing in ⟦here shall limit the right of self-defence⟧.\n\n"
        f"Binding pledges are next.{Z}\n\n"
        "All is in line with our legal duties. Nothing in here shall limit the right of self-defence.\n\nIt rained.",
        f"{A}All is in line with our legal duties. Rain fell on the roofs of Bonn.\n\n"
        f"Binding pledges are next.{Z}\n\n"
        "All is in line with our legal duties. Nothing in here shall limit the right of self-defence.\n\nIt rained.",
    ),
    (
        "its sentence deleted, which had been said before",
        f"{A}{LONG}. It rained a lot. We met on Tuesday. ⟦{LONG}⟧.{Z}",
        f"{A}{LONG}. It rained a lot. We met on Tuesday.{Z}",
    ),
    (
        "cut out of its sentence, with a near copy farther away",
        f"{A}Both agree to ⟦pay into this fund in accordance with their respective⟧ laws and rules. It rained. "
        "Both agree to pay into this force in accordance with their respective laws and rules.",
        f"{A}Both agree to laws and rules. It rained. "
        "Both agree to pay into this force in accordance with their respective laws and rules.",
    ),
    (
        "what a line of a list says, which another line says with another number",
        f"{A}\n- Malta will pay 40 million euros for demining.\n"
        "- Finland ⟦will pay 25 million euros⟧ for field hospitals.\n"
        "- France will pay 90 million euros for air defence.\n- Italy will pay 35 million euros for field hospitals.\n",
        f"{A}\n- Malta will pay 40 million euros for demining.\n"
        "- France will pay 90 million euros for air defence.\n- Italy will pay 35 million euros for field hospitals.\n",
    ),
    (
        "deleted from a heading, and all of its words are in the text below",
        f"Home > ⟦Peace Talks > Key Talks⟧: a plan{Z[:20]}",
        "Home >: a plan, and much more. Peace or not, there are talks, key to all who wait for it.",
    ),
    (
        "a line of a list whose lines read alike",
        f"{A}\n- {LINES[0]}\n- ⟦{LINES[1]}⟧\n- {LINES[2]}\n- {LINES[3]}\n",
        f"{A}\n- {LINES[0]}\n- {LINES[2]}\n- {LINES[3]}\n",
    ),
    (
        "its words deleted behind words like them",
        f"{A}The summit of ⟦the coalition of⟧ the willing began.{Z}",
        f"{A}The summit of the willing began.{Z}",
    ),
    (
        "three words that were said again nearby",
        "Norway, Sweden ⟦and the Dutch⟧ met today. They agreed on it: Norway pays for five and the Dutch pay for six.",
        "They agreed on it: Norway pays for five and the Dutch pay for six.",
    ),
    (
        "a word of a row, and the row before ends as it did",
        "| a name | set back | the fields were changed since |\n"
        "| a link, a member | set back, if the rules allow it | merged or ⟦changed⟧ since |\n| a date",
        "| a name | set back | the fields were changed since |\n| a date",
    ),
    (
        "what somebody was quoted to say deleted, and said of elsewhere",
        f"{A}{A}“⟦We thank all who helped us⟧”, he said.{Z}",
        f"{A}{A}He left.{Z} Reports that “we wait” were denied; earlier he said: “We thank all who helped us”.",
    ),
    (
        "its sentence deleted, and a correction tells of it",
        f"{A}⟦France and Germany agreed to pay⟧.{Z}",
        f"{A.strip()}{Z}\n\nCorrection: the sentence “France and Germany agreed to pay” was taken out.",
    ),
    (
        "the last sentence deleted, and a correction tells of it",
        f"{A}He went home early. ⟦France and Germany agreed to pay⟧.",
        f"{A}He went home early.\n\nUpdate: the words “France and Germany agreed to pay” were taken out.",
    ),
    (
        "its sentence deleted, and another's tells of it",
        f"{A}⟦France and Germany agreed to pay⟧.{Z}",
        f"{A.strip()}{Z} Rivals had claimed that France and Germany agreed to pay, which is not so.",
    ),
    (
        "its sentence deleted, with a near copy farther away",
        f"{A}⟦France will send 100 troops⟧.{Z} No date is set. Spain will send 100 troops.",
        f"{A.strip()}{Z} No date is set. Spain will send 100 troops.",
    ),
    (
        "the first of two in the same surroundings",
        f"{A}⟦We agree on it⟧, he said.{Z} Later. {A}We agree on it, he said.{Z}",
        f"{A}, he said.{Z} Later. {A}We agree on it, he said.{Z}",
    ),
    (
        "a near copy that differs only outside it",
        f"Prices rose. France ⟦will send 100 troops⟧ to Kyiv.{Z} Rain fell. Spain will send 100 troops to Lviv.",
        f"Prices rose.{Z} Rain fell. Spain will send 100 troops to Lviv.",
    ),
    (
        "a common word near its old place",
        f"{A}There are talks about the ⟦peace⟧ plan. The prospects of peace are good.{Z}",
        f"{A}The prospects of peace are good.{Z}",
    ),
    ("the text cut off before it begins", f"{A}Then ⟦France agreed⟧ at once.{Z}", A),
    (
        "its line of a list deleted",
        f"{A}\n- ⟦Rome pays⟧.\n- Bonn pays.\n- Paris waits.{Z}",
        f"{A}\n- Bonn pays.\n- Paris waits.{Z}",
    ),
    ("no text", f"{A}⟦France agreed⟧ at once.{Z}", ""),
    ("another text", f"{A}⟦France agreed⟧ at once.{Z}", "The harvest was poor, and prices rose."),
    ("its sentence deleted", f"{A}⟦France agreed at once⟧.{Z}", f"{A}{Z.strip()}"),
    ("its words deleted", f"{A}France ⟦agreed at once and⟧ sent troops.{Z}", f"{A}France sent troops.{Z}"),
    (
        "the first of two alike",
        f"{A}⟦France will send 100 troops.⟧ Germany will send 100 troops.{Z}",
        f"{A}Germany will send 100 troops.{Z}",
    ),
    (
        "the second of two alike",
        f"{A}France will send 100 troops. ⟦Germany will send 100 troops.⟧{Z}",
        f"{A}France will send 100 troops.{Z}",
    ),
    (
        "what the first of two is said to do",
        "France ⟦will send 100 troops⟧. Germany will send 100 troops.",
        "Germany will send 100 troops.",
    ),
    (
        "what the second of two is said to do",
        "France will send 100 troops. Germany ⟦will send 100 troops⟧.",
        "France will send 100 troops.",
    ),
    (
        "the middle one of three",
        f"{A}Paris ⟦may pay⟧. Rome may pay. Bonn may pay.{Z}",
        f"{A}Rome may pay. Bonn may pay.{Z}",
    ),
    (
        "a short phrase that stands elsewhere",
        f"{A}For Kyiv ⟦a lasting peace⟧ comes first.{Z} Some doubt a lasting peace.",
        f"{A}{Z} Some doubt a lasting peace.",
    ),
    ("within a longer word only", f"{A}It ⟦may⟧ be so.", "The mayor went to Mayfair."),
    (
        "wholly paraphrased",
        f"{A}⟦Paris and London are to run the mission⟧.{Z}",
        f"{A}Two powers take the lead over everything else.{Z}",
    ),
    (
        "replaced by another sentence",
        f"{A}⟦France agreed to lead the force⟧.{Z}",
        f"{A}Nothing was said about prices.{Z}",
    ),
]

CASES = [
    (name, old, new, state)
    for state, table in {
        "exact": SAME,
        "moved": MOVED,
        "altered": ALTERED,
        "ambiguous": AMBIGUOUS,
        "gone": GONE,
    }.items()
    for name, old, new in table
]
