-- Search: what is looked through is a copy, kept by triggers, so that no way of writing misses it.

-- Vectors of paragraphs stay beside their words as they are: unpacking them is most of what matching and ranking cost.
ALTER TABLE negotiations_searchentry SET (toast_tuple_target = 8160);

DO $do$
DECLARE
  columns CONSTANT text := 'negotiation_id, kind, "row", source, paragraph, start, language, day, words';
  kinds text := '';
  noun text[];
BEGIN
  -- kind, table, and what of its rows (in place of %s) can be found
  FOREACH noun SLICE 1 IN ARRAY ARRAY[
    ['source', 'source', $$
      SELECT r.negotiation_id, 'source' AS kind, r.id AS "row", r.id AS source, 0 AS paragraph, 0 AS start,
        r.language, r.published_on AS day, left(concat_ws(E'\n', r.title, nullif(r.description, '')), 40000) AS words
      FROM %s r$$],
    ['passage', 'snapshot', $$
      SELECT r.negotiation_id, 'passage' AS kind, r.id AS "row", s.id AS source, p.paragraph, p.start,
        coalesce(nullif(r.language, ''), s.language) AS language, s.published_on AS day, p.words
      FROM %s r JOIN negotiations_source s ON s.id = r.source_id CROSS JOIN LATERAL search_passages(r.text) p$$],
    ['quote', 'quote', $$
      SELECT r.negotiation_id, 'quote' AS kind, r.id AS "row", s.id AS source, 0 AS paragraph, 0 AS start,
        coalesce(nullif(t.language, ''), s.language) AS language, coalesce(r.said_on, s.published_on) AS day,
        left(r.exact, 40000) AS words
      FROM %s r JOIN negotiations_snapshot t ON t.id = r.snapshot_id JOIN negotiations_source s ON s.id = t.source_id$$],
    ['stance', 'stance', $$
      SELECT r.negotiation_id, 'stance' AS kind, r.id AS "row", NULL::bigint AS source, 0 AS paragraph, 0 AS start,
        'en' AS language, nullif(r.held_from, '-infinity') AS day,
        left(concat_ws(E'\n', nullif(r.rationale, ''), nullif(r.conditions, ''), nullif(r.limits, '')), 40000) AS words
      FROM %s r$$],
    ['commitment', 'commitment', $$
      SELECT r.negotiation_id, 'commitment' AS kind, r.id AS "row", NULL::bigint AS source, 0 AS paragraph, 0 AS start,
        'en' AS language, (SELECT max(e."on") FROM negotiations_commitmentevent e WHERE e.commitment_id = r.id) AS day,
        left(concat_ws(E'\n', r.text, nullif(r.conditions, '')), 40000) AS words
      FROM %s r$$],
    ['contradiction', 'contradiction', $$
      SELECT r.negotiation_id, 'contradiction' AS kind, r.id AS "row", NULL::bigint AS source, 0 AS paragraph,
        0 AS start, 'en' AS language, NULL::date AS day,
        left(concat_ws(E'\n', r.title, nullif(r.description, ''), (
          SELECT string_agg(c.says, E'\n' ORDER BY c.number) FROM negotiations_contradictionside c
          WHERE c.contradiction_id = r.id)), 40000) AS words
      FROM %s r$$],
    ['question', 'question', $$
      SELECT r.negotiation_id, 'question' AS kind, r.id AS "row", NULL::bigint AS source, 0 AS paragraph, 0 AS start,
        'en' AS language, NULL::date AS day, concat_ws(E'\n', r.text, nullif(r.whom, '')) AS words
      FROM %s r$$]
  ] LOOP
    -- What the table should hold, for a look at all of it; and the same for rows that have just come or changed.
    EXECUTE format('CREATE VIEW negotiations_searchable_%s AS ', noun[1]) || format(noun[3], 'negotiations_' || noun[2]);
    kinds := concat_ws(' UNION ALL ', nullif(kinds, ''),
                       format('SELECT %s FROM negotiations_searchable_%s', columns, noun[1]));
    EXECUTE format($f$
      CREATE FUNCTION search_has_%1$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $b$
      BEGIN
        INSERT INTO negotiations_searchentry (%2$s) SELECT %2$s FROM (%3$s) new;
        RETURN NULL;
      END $b$ $f$, noun[1], columns, format(noun[3], 'added'));
    EXECUTE format('CREATE TRIGGER searchable AFTER INSERT ON negotiations_%s REFERENCING NEW TABLE AS added
                    FOR EACH STATEMENT EXECUTE FUNCTION search_has_%s()', noun[2], noun[1]);
  END LOOP;
  EXECUTE 'CREATE VIEW negotiations_searchable AS ' || kinds;
END $do$;

-- Rows that are edited in place, or that others tell of, are looked at again; most edits change nothing here.
CREATE FUNCTION search_again(of_kind text, of_rows bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('UPDATE negotiations_searchentry e SET language = v.language, day = v.day, words = v.words
    FROM negotiations_searchable_%s v
    WHERE v."row" = ANY($1) AND e.kind = %L AND e."row" = v."row" AND e.start = v.start
      AND (e.language, e.day, e.words) IS DISTINCT FROM (v.language, v.day, v.words)', of_kind, of_kind)
  USING of_rows;
END $$;

CREATE FUNCTION search_follows_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM search_again(TG_ARGV[0], array_agg(id)) FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER searchable_again AFTER UPDATE ON negotiations_source REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follows_row('source');
CREATE TRIGGER searchable_again AFTER UPDATE ON negotiations_commitment REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follows_row('commitment');
CREATE TRIGGER searchable_again AFTER UPDATE ON negotiations_contradiction REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follows_row('contradiction');
CREATE TRIGGER searchable_again AFTER UPDATE ON negotiations_question REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION search_follows_row('question');

-- Texts and quotes never change, but the language and the date of their source may.
CREATE FUNCTION search_follows_source() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  texts bigint[];
BEGIN
  SELECT array_agg(t.id) INTO texts
  FROM changed JOIN was USING (id) JOIN negotiations_snapshot t ON t.source_id = changed.id
  WHERE (changed.language, changed.published_on) IS DISTINCT FROM (was.language, was.published_on);
  IF texts IS NOT NULL THEN
    PERFORM search_again('passage', texts);
    PERFORM search_again('quote', array_agg(id)) FROM negotiations_quote WHERE snapshot_id = ANY(texts)
      HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER searchable_with_source AFTER UPDATE ON negotiations_source
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_follows_source();

CREATE FUNCTION search_follows_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM search_again('commitment', array_agg(DISTINCT commitment_id)) FROM added HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER searchable_with_event AFTER INSERT ON negotiations_commitmentevent REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION search_follows_event();

CREATE FUNCTION search_follows_side() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM search_again('contradiction', array_agg(DISTINCT contradiction_id)) FROM added HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER searchable_with_side AFTER INSERT ON negotiations_contradictionside REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION search_follows_side();

-- All of it anew: what is there already, and after PostgreSQL or Parley learned to read a language otherwise.
-- For the owner alone, whose rights it has.
CREATE FUNCTION search_rebuild() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  many bigint;
BEGIN
  DELETE FROM negotiations_searchentry;
  INSERT INTO negotiations_searchentry (negotiation_id, kind, "row", source, paragraph, start, language, day, words)
    SELECT negotiation_id, kind, "row", source, paragraph, start, language, day, words FROM negotiations_searchable;
  GET DIAGNOSTICS many = ROW_COUNT;
  RETURN many;
END $$;

-- A trigger needs no leave to run these; nobody else may hang them on a table of his own.
DO $$
DECLARE
  writer regprocedure;
BEGIN
  FOR writer IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prosecdef LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', writer);
  END LOOP;
END $$;

SELECT search_rebuild();
