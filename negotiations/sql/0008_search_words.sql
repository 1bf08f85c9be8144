-- Search: how words are told apart and compared (texts/words.py does the same in Python).

-- Words with blanks between them, so that PostgreSQL's parser sees nothing else: no addresses, no numbers with signs.
CREATE FUNCTION search_words(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF octet_length(words) = length(words) THEN  -- plain ASCII, as most English is
    RETURN regexp_replace(words, '[^0-9A-Za-z]+', ' ', 'g');
  END IF;
  RETURN regexp_replace(
    regexp_replace(normalize(words, NFC), '[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02b9-\u02ff\u0375\u037e\u0387\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u1680\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ufe10-\ufe1f\ufe30-\ufe6f\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff]+',
    ' ', 'g');
END $$;

-- Small letters without accents.
CREATE FUNCTION search_folded(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF octet_length(words) = length(words) THEN
    RETURN lower(words);
  END IF;
  RETURN translate(
    replace(replace(replace(replace(lower(regexp_replace(normalize(words, NFKD),
      '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+',
      '', 'g')), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    'øłđðħı', 'olddhi');
END $$;

-- What PostgreSQL (15 and later) knows of a language; of others, and where it is unknown, words count as they are.
CREATE FUNCTION search_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE split_part(lower(language), '-', 1)
  WHEN 'ar' THEN 'pg_catalog.arabic'::regconfig
  WHEN 'ca' THEN 'pg_catalog.catalan'::regconfig
  WHEN 'da' THEN 'pg_catalog.danish'::regconfig
  WHEN 'de' THEN 'pg_catalog.german'::regconfig
  WHEN 'el' THEN 'pg_catalog.greek'::regconfig
  WHEN 'en' THEN 'pg_catalog.english'::regconfig
  WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
  WHEN 'eu' THEN 'pg_catalog.basque'::regconfig
  WHEN 'fi' THEN 'pg_catalog.finnish'::regconfig
  WHEN 'fr' THEN 'pg_catalog.french'::regconfig
  WHEN 'ga' THEN 'pg_catalog.irish'::regconfig
  WHEN 'hi' THEN 'pg_catalog.hindi'::regconfig
  WHEN 'hu' THEN 'pg_catalog.hungarian'::regconfig
  WHEN 'hy' THEN 'pg_catalog.armenian'::regconfig
  WHEN 'id' THEN 'pg_catalog.indonesian'::regconfig
  WHEN 'it' THEN 'pg_catalog.italian'::regconfig
  WHEN 'lt' THEN 'pg_catalog.lithuanian'::regconfig
  WHEN 'ne' THEN 'pg_catalog.nepali'::regconfig
  WHEN 'nl' THEN 'pg_catalog.dutch'::regconfig
  WHEN 'no' THEN 'pg_catalog.norwegian'::regconfig
  WHEN 'nb' THEN 'pg_catalog.norwegian'::regconfig
  WHEN 'nn' THEN 'pg_catalog.norwegian'::regconfig
  WHEN 'pt' THEN 'pg_catalog.portuguese'::regconfig
  WHEN 'ro' THEN 'pg_catalog.romanian'::regconfig
  WHEN 'ru' THEN 'pg_catalog.russian'::regconfig
  WHEN 'sr' THEN 'pg_catalog.serbian'::regconfig
  WHEN 'sv' THEN 'pg_catalog.swedish'::regconfig
  WHEN 'ta' THEN 'pg_catalog.tamil'::regconfig
  WHEN 'tr' THEN 'pg_catalog.turkish'::regconfig
  WHEN 'yi' THEN 'pg_catalog.yiddish'::regconfig
  ELSE 'pg_catalog.simple'::regconfig
END;

-- The stems of a text in its own language, and its words without accents. Words that somebody picked weigh more.
CREATE FUNCTION search_vector(kind text, language text, words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  spaced text := search_words(words);
  weight "char" := CASE kind WHEN 'passage' THEN 'C' WHEN 'quote' THEN 'A' WHEN 'source' THEN 'A' ELSE 'B' END;
BEGIN
  RETURN setweight(
    to_tsvector(search_config(language), spaced)
      || to_tsvector('pg_catalog.simple'::regconfig, search_folded(spaced)), weight);
END $$;

-- A text in its paragraphs, cut and numbered as texts/marking.py does it for pages.
CREATE FUNCTION search_passages(whole text) RETURNS TABLE (paragraph int, start int, words text)
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  blanks CONSTANT text := E'\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';
  blank CONSTANT text := '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*';
  longest CONSTANT int := 10000;
  between text := '\n' || blank || '\n' || blank;
  piece text;
  gap text;
  place int := 0;  -- of the piece in the text
  at int;
  rest int;
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
    WHILE rest > 0 LOOP
      words := substr(piece, at + 1, least(rest, longest));
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
