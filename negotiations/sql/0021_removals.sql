-- When a noun, a text or what was added to a contradiction was out: from an act that undoes the one that added it,
-- until that is undone.

-- Whether an act added a contradiction: with its first side.
CREATE FUNCTION added_with(of_contradiction bigint, of_revision bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM negotiations_contradictionside
                 WHERE contradiction_id = of_contradiction AND number = 1 AND revision = of_revision)
$$;

-- What an act added that is taken out where the act is undone. A source is rejected instead, and keeps its text and
-- outlet; a contradiction is resolved, and keeps its sides.
CREATE FUNCTION removable_of_act(of_negotiation bigint, of_revision bigint) RETURNS TABLE ("table" varchar, "row" bigint)
LANGUAGE sql STABLE AS $$
  WITH added AS (
    SELECT e."table", e."row" FROM negotiations_rowedit e JOIN negotiations_change c ON c.id = e.change_id
    WHERE c.negotiation_id = of_negotiation AND c.revision = of_revision AND e.before IS NULL
  )
  SELECT a."table", a."row" FROM added a
  WHERE a."table" IN ('negotiations_priority', 'negotiations_party', 'negotiations_person', 'negotiations_meeting',
                      'negotiations_instrument', 'negotiations_commitment')
     OR (a."table" = 'negotiations_outlet' AND NOT EXISTS (SELECT FROM added WHERE "table" = 'negotiations_source'))
  UNION ALL
  SELECT 'negotiations_snapshot', t.id FROM negotiations_snapshot t
  WHERE t.negotiation_id = of_negotiation AND t.revision = of_revision
    AND NOT EXISTS (SELECT FROM added WHERE "table" = 'negotiations_source' AND "row" = t.source_id)
  UNION ALL
  SELECT 'negotiations_contradictionside', s.id FROM negotiations_contradictionside s
  WHERE s.negotiation_id = of_negotiation AND s.revision = of_revision AND NOT added_with(s.contradiction_id, of_revision)
  UNION ALL
  SELECT 'negotiations_contradictionproof', p.id
  FROM negotiations_contradictionproof p JOIN negotiations_contradictionside s ON s.id = p.side_id
  WHERE p.negotiation_id = of_negotiation AND p.revision = of_revision AND NOT added_with(s.contradiction_id, of_revision)
  UNION ALL
  SELECT 'negotiations_contradictioncell', c.id FROM negotiations_contradictioncell c
  WHERE c.negotiation_id = of_negotiation AND c.revision = of_revision AND NOT added_with(c.contradiction_id, of_revision)
$$;

CREATE FUNCTION removals_of_act(of_negotiation bigint, of_revision bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM negotiations_removal r USING (
    SELECT e."table", e."row" FROM negotiations_rowedit e JOIN negotiations_change c ON c.id = e.change_id
    WHERE c.negotiation_id = of_negotiation AND c.revision = of_revision
    UNION ALL
    SELECT 'negotiations_snapshot', id FROM negotiations_snapshot
    WHERE negotiation_id = of_negotiation AND revision = of_revision
    UNION ALL
    SELECT 'negotiations_contradictionside', id FROM negotiations_contradictionside
    WHERE negotiation_id = of_negotiation AND revision = of_revision
    UNION ALL
    SELECT 'negotiations_contradictionproof', id FROM negotiations_contradictionproof
    WHERE negotiation_id = of_negotiation AND revision = of_revision
    UNION ALL
    SELECT 'negotiations_contradictioncell', id FROM negotiations_contradictioncell
    WHERE negotiation_id = of_negotiation AND revision = of_revision
  ) a WHERE r."table" = a."table" AND r."row" = a."row";
  WITH RECURSIVE undoing AS (
    SELECT revision FROM negotiations_change WHERE negotiation_id = of_negotiation AND undoes = of_revision
    UNION
    SELECT c.revision FROM undoing u JOIN negotiations_change c
      ON c.negotiation_id = of_negotiation AND c.undoes = u.revision
  ), after_each AS (
    SELECT revision, act_was_undone(of_negotiation, of_revision, revision) AS undone FROM undoing
  ), turns AS (
    SELECT revision, undone, lag(undone, 1, false) OVER (ORDER BY revision) AS before FROM after_each
  ), periods AS (
    SELECT revision AS since, lead(revision) OVER (ORDER BY revision) AS until, undone FROM turns WHERE undone <> before
  )
  INSERT INTO negotiations_removal (negotiation_id, "table", "row", since, until)
    SELECT of_negotiation, a."table", a."row", p.since, p.until
    FROM removable_of_act(of_negotiation, of_revision) a CROSS JOIN periods p WHERE p.undone;
END $$;

CREATE FUNCTION removals_follow_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM removals_of_act(roots.negotiation_id, roots.revision),
          search_follows_act(roots.negotiation_id, roots.revision) FROM (
    WITH RECURSIVE back AS (
      SELECT negotiation_id, undoes AS revision FROM added WHERE undoes IS NOT NULL
      UNION
      SELECT c.negotiation_id, c.undoes FROM back b JOIN negotiations_change c USING (negotiation_id, revision)
        WHERE c.undoes IS NOT NULL
    )
    SELECT b.* FROM back b JOIN negotiations_change c USING (negotiation_id, revision) WHERE c.undoes IS NULL
  ) roots;
  RETURN NULL;
END $$;
CREATE TRIGGER undone_follows AFTER INSERT ON negotiations_change REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION removals_follow_change();

-- A log that is brought along has its acts first, then what they added, and last what they did to rows. By their names
-- these triggers come after those of search.
CREATE FUNCTION removals_follow_edit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM removals_of_act(undone.negotiation_id, undone.revision),
          search_follows_act(undone.negotiation_id, undone.revision) FROM (
    SELECT DISTINCT c.negotiation_id, c.revision
    FROM added a JOIN negotiations_change c ON c.id = a.change_id
    JOIN negotiations_change u ON u.negotiation_id = c.negotiation_id AND u.undoes = c.revision
    WHERE a.before IS NULL
  ) undone;
  RETURN NULL;
END $$;
CREATE TRIGGER undone_follows AFTER INSERT ON negotiations_rowedit REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION removals_follow_edit();

CREATE FUNCTION removals_follow_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM removals_of_act(undone.negotiation_id, undone.revision),
          search_follows_act(undone.negotiation_id, undone.revision) FROM (
    SELECT DISTINCT a.negotiation_id, a.revision
    FROM added a JOIN negotiations_change u ON u.negotiation_id = a.negotiation_id AND u.undoes = a.revision
  ) undone;
  RETURN NULL;
END $$;
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['snapshot', 'contradictionside', 'contradictionproof', 'contradictioncell'] LOOP
    EXECUTE format('CREATE TRIGGER undone_follows AFTER INSERT ON negotiations_%s REFERENCING NEW TABLE AS added
                    FOR EACH STATEMENT EXECUTE FUNCTION removals_follow_rows()', t);
  END LOOP;
END $$;

-- A trigger needs no leave to run these; nobody else may hang them on a table of his own.
REVOKE EXECUTE ON FUNCTION removals_of_act(bigint, bigint), removals_follow_change(), removals_follow_edit(),
  removals_follow_rows() FROM PUBLIC;
