-- Nothing is found by search that counts no more because its act is undone; undo that, and it is found again.

CREATE OR REPLACE VIEW negotiations_searchable_quote AS
  SELECT r.negotiation_id, 'quote' AS kind, r.id AS "row", s.id AS source, 0 AS paragraph, 0 AS start,
    coalesce(nullif(t.language, ''), s.language) AS language, coalesce(r.said_on, s.published_on) AS day,
    left(r.exact, 40000) AS words
  FROM negotiations_quote r JOIN negotiations_snapshot t ON t.id = r.snapshot_id
  JOIN negotiations_source s ON s.id = t.source_id
  WHERE NOT act_is_undone(r.negotiation_id, r.revision);

CREATE OR REPLACE VIEW negotiations_searchable_passage AS
  SELECT r.negotiation_id, 'passage' AS kind, r.id AS "row", s.id AS source, p.paragraph, p.start,
    coalesce(nullif(r.language, ''), s.language) AS language, s.published_on AS day, p.words
  FROM negotiations_snapshot r JOIN negotiations_source s ON s.id = r.source_id
  CROSS JOIN LATERAL search_passages(r.text) p
  WHERE NOT EXISTS (SELECT FROM negotiations_removal m
                    WHERE m."table" = 'negotiations_snapshot' AND m."row" = r.id AND m.until IS NULL);

CREATE OR REPLACE VIEW negotiations_searchable_commitment AS
  SELECT r.negotiation_id, 'commitment' AS kind, r.id AS "row", NULL::bigint AS source, 0 AS paragraph, 0 AS start,
    'en' AS language, (SELECT max(e."on") FROM negotiations_commitmentevent e WHERE e.commitment_id = r.id) AS day,
    left(concat_ws(E'\n', r.text, nullif(r.conditions, '')), 40000) AS words
  FROM negotiations_commitment r
  WHERE NOT EXISTS (SELECT FROM negotiations_removal m
                    WHERE m."table" = 'negotiations_commitment' AND m."row" = r.id AND m.until IS NULL);

CREATE OR REPLACE VIEW negotiations_searchable_contradiction AS
  SELECT r.negotiation_id, 'contradiction' AS kind, r.id AS "row", NULL::bigint AS source, 0 AS paragraph, 0 AS start,
    'en' AS language, NULL::date AS day,
    left(concat_ws(E'\n', r.title, nullif(r.description, ''), (
      SELECT string_agg(c.says, E'\n' ORDER BY c.number) FROM negotiations_contradictionside c
      WHERE c.contradiction_id = r.id
        AND NOT EXISTS (SELECT FROM negotiations_removal m
                        WHERE m."table" = 'negotiations_contradictionside' AND m."row" = c.id AND m.until IS NULL)
    )), 40000) AS words
  FROM negotiations_contradiction r;

-- A log that is brought along has its acts before their quotes: some are undone when they come.
CREATE OR REPLACE FUNCTION search_has_quote() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO negotiations_searchentry (negotiation_id, kind, "row", source, paragraph, start, language, day, words)
    SELECT r.negotiation_id, 'quote', r.id, s.id, 0, 0, coalesce(nullif(t.language, ''), s.language),
      coalesce(r.said_on, s.published_on), left(r.exact, 40000)
    FROM added r JOIN negotiations_snapshot t ON t.id = r.snapshot_id JOIN negotiations_source s ON s.id = t.source_id
    WHERE NOT act_is_undone(r.negotiation_id, r.revision);
  RETURN NULL;
END $$;

CREATE FUNCTION search_anew(of_kind text, of_rows bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM negotiations_searchentry e WHERE e.kind = of_kind AND e."row" = ANY(of_rows);
  EXECUTE format('INSERT INTO negotiations_searchentry
      (negotiation_id, kind, "row", source, paragraph, start, language, day, words)
    SELECT negotiation_id, kind, "row", source, paragraph, start, language, day, words
    FROM negotiations_searchable_%s WHERE "row" = ANY($1)', of_kind) USING of_rows;
END $$;

-- What search is to look at again once an act counts no more, or again.
CREATE FUNCTION search_follows_act(of_negotiation bigint, of_revision bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_anew('quote', array_agg(id)) FROM negotiations_quote
    WHERE negotiation_id = of_negotiation AND revision = of_revision HAVING count(*) > 0;
  PERFORM search_anew('passage', array_agg(id)) FROM negotiations_snapshot
    WHERE negotiation_id = of_negotiation AND revision = of_revision HAVING count(*) > 0;
  PERFORM search_again('contradiction', array_agg(DISTINCT contradiction_id)) FROM negotiations_contradictionside
    WHERE negotiation_id = of_negotiation AND revision = of_revision HAVING count(*) > 0;
  PERFORM search_anew('commitment', array_agg(e."row")) FROM negotiations_rowedit e
    JOIN negotiations_change c ON c.id = e.change_id
    WHERE c.negotiation_id = of_negotiation AND c.revision = of_revision
      AND e."table" = 'negotiations_commitment' AND e.before IS NULL HAVING count(*) > 0;
END $$;
REVOKE EXECUTE ON FUNCTION search_anew(text, bigint[]), search_follows_act(bigint, bigint) FROM PUBLIC;

DELETE FROM negotiations_searchentry e USING negotiations_quote q
  WHERE e.kind = 'quote' AND e."row" = q.id AND act_is_undone(q.negotiation_id, q.revision);
