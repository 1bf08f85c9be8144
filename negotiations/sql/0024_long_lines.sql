-- A text in its paragraphs, cut and numbered as texts/marking.py does it for pages.
--
-- A line of many megabytes is read by stretches: to take a part out of a text, PostgreSQL counts its characters from the
-- first on, so to cut every part out of the whole takes the square of its length.
CREATE OR REPLACE FUNCTION search_passages(whole text) RETURNS TABLE (paragraph int, start int, words text)
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  blanks CONSTANT text := E'\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';
  blank CONSTANT text := '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*';
  longest CONSTANT int := 10000;
  stretch CONSTANT int := 400000;
  between text := '\n' || blank || '\n' || blank;
  piece text;
  gap text;
  place int := 0;  -- of the piece in the text
  at int;
  rest int;
  ahead text;  -- the stretch of the piece that is read
  begun int;  -- where it begins in the piece
BEGIN
  paragraph := 0;
  whole := replace(replace(whole, E'\r\n', E' \n'), E'\r', E'\n');
  IF (SELECT 2 * sum(length(line)) FILTER (WHERE length(line) > 160) > length(whole)
      FROM string_to_table(whole, E'\n') AS line) THEN
    between := '\n' || blank;  -- nobody has wrapped this text: every line is a paragraph
  END IF;
  FOR piece, gap IN
    SELECT cut.piece, cut.gap[1]
    FROM ROWS FROM (regexp_split_to_table(whole, between), regexp_matches(whole, between, 'g')) AS cut(piece, gap)
  LOOP
    at := length(piece) - length(ltrim(piece, blanks));
    rest := length(btrim(piece, blanks));
    begun := at - stretch;  -- none yet
    WHILE rest > 0 LOOP
      IF at + longest > begun + stretch THEN
        begun := at;
        ahead := substr(piece, at + 1, stretch);
      END IF;
      words := substr(ahead, at - begun + 1, least(rest, longest));
      IF rest > longest THEN  -- cut after the last blank in its second half
        words := substr(words, 1, longest / 2) || coalesce(substring(substr(words, longest / 2 + 1) FROM '^.*[ \n]'),
                                                           substr(words, longest / 2 + 1));
      END IF;
      IF btrim(words, blanks) <> '' THEN
        paragraph := paragraph + 1;
        start := place + at;
        RETURN NEXT;
      END IF;
      at := at + length(words);
      rest := rest - length(words);
    END LOOP;
    place := place + length(piece) + coalesce(length(gap), 0);
  END LOOP;
END $$;
