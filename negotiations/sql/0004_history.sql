-- What a stance, a quote and a snapshot must be.

ALTER TABLE negotiations_stance
  ADD CONSTRAINT stance_replaces_one_of_its_cell FOREIGN KEY (position_id, replaces)
    REFERENCES negotiations_stance (position_id, seq),
  ADD CONSTRAINT stance_without_a_start_is_unknown CHECK (
    (precision = '') = (held_from = '-infinity')
    AND (held_from > '-infinity' OR code = 'unknown' OR cause = 'withdrawn')
    AND (held_from = '-infinity' OR NOT (cause = 'first' AND code = 'unknown'))
    AND held_from < 'infinity'),
  ADD CONSTRAINT stance_precision_is_known CHECK (precision IN ('', 'day', 'month', 'year', 'by')),
  ADD CONSTRAINT stance_of_a_change UNIQUE (id, revision);

-- Evidence and dependences are frozen with their stance: they carry its Change and no other.
ALTER TABLE negotiations_evidence ADD CONSTRAINT evidence_is_frozen FOREIGN KEY (stance_id, revision)
  REFERENCES negotiations_stance (id, revision);
ALTER TABLE negotiations_dependence ADD CONSTRAINT dependence_is_frozen FOREIGN KEY (stance_id, revision)
  REFERENCES negotiations_stance (id, revision);

-- At commit a cell's version is the seq of a stance that is there.
ALTER TABLE negotiations_position
  ADD COLUMN head int GENERATED ALWAYS AS (nullif(version, 0)) STORED,
  ADD CONSTRAINT position_head_is_a_stance FOREIGN KEY (id, head)
    REFERENCES negotiations_stance (position_id, seq) DEFERRABLE INITIALLY DEFERRED;

-- It never goes back: then no new stance could follow on.
CREATE FUNCTION version_goes_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version < OLD.version THEN
    RAISE EXCEPTION 'a version never goes back' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_goes_up BEFORE UPDATE OF version ON negotiations_position
  FOR EACH ROW EXECUTE FUNCTION version_goes_up();

CREATE FUNCTION stances_follow_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad record;
BEGIN
  SELECT g.* INTO bad FROM (
    SELECT position_id, min(seq) AS lowest, max(seq) AS highest, count(*) AS many FROM added GROUP BY position_id
  ) g JOIN negotiations_position p ON p.id = g.position_id
  WHERE g.many <> g.highest - g.lowest + 1 OR p.version <> g.highest
    OR (g.lowest > 1 AND NOT EXISTS (SELECT FROM negotiations_stance s
                                     WHERE s.position_id = g.position_id AND s.seq = g.lowest - 1))
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'stances % to % of position % do not follow on', bad.lowest, bad.highest, bad.position_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM added a JOIN negotiations_change c USING (negotiation_id, revision)
             JOIN negotiations_negotiation n ON n.id = a.negotiation_id
             WHERE a.held_from > (c.at AT TIME ZONE n.time_zone)::date) THEN
    RAISE EXCEPTION 'a stance can''t be held from a day after it was recorded' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM added a JOIN negotiations_stance s ON s.position_id = a.position_id AND s.seq = a.replaces
             WHERE a.cause = 'withdrawn' AND s.replaces IS NOT NULL) THEN
    RAISE EXCEPTION 'a stance that replaced another is corrected, not withdrawn' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stances_follow_on AFTER INSERT ON negotiations_stance REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION stances_follow_on();

CREATE FUNCTION stance_rests_on_something() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.code NOT IN ('', 'unknown')
     AND NOT EXISTS (SELECT FROM negotiations_evidence WHERE stance_id = NEW.id AND bearing = 'supports') THEN
    RAISE EXCEPTION 'stance % of position % has nothing that supports it', NEW.seq, NEW.position_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rests_on_something AFTER INSERT ON negotiations_stance DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION stance_rests_on_something();

-- Looked at where evidence is added, since a stance could be looked at before its evidence comes.
CREATE FUNCTION evidence_is_not_of_a_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added a JOIN negotiations_stance s ON s.id = a.stance_id WHERE s.cause = 'withdrawn') THEN
    RAISE EXCEPTION 'a withdrawn stance has no evidence' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER not_of_a_withdrawal AFTER INSERT ON negotiations_evidence REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_is_not_of_a_withdrawal();

ALTER TABLE negotiations_snapshot
  ADD CONSTRAINT snapshot_hash_is_right CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));

-- Places count code points, as Python does.
CREATE FUNCTION quote_stands_in_its_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole text;
BEGIN
  SELECT text INTO whole FROM negotiations_snapshot WHERE id = NEW.snapshot_id;
  IF substring(whole FROM NEW.start + 1 FOR NEW."end" - NEW.start) IS DISTINCT FROM NEW.exact
     OR substring(whole FROM greatest(NEW.start - 32, 0) + 1 FOR least(NEW.start, 32)) IS DISTINCT FROM NEW.prefix
     OR substring(whole FROM NEW."end" + 1 FOR 32) IS DISTINCT FROM NEW.suffix THEN
    RAISE EXCEPTION 'quote % is not what stands at % to % of its text', NEW.slug, NEW.start, NEW."end"
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands_in_its_text BEFORE INSERT ON negotiations_quote
  FOR EACH ROW EXECUTE FUNCTION quote_stands_in_its_text();

CREATE FUNCTION source_repeats_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  at_source bigint := NEW.origin_id;
BEGIN
  FOR steps IN 1..100 LOOP
    IF at_source IS NULL THEN RETURN NEW; END IF;
    EXIT WHEN at_source = NEW.id;
    SELECT origin_id INTO at_source FROM negotiations_source WHERE id = at_source;
  END LOOP;
  RAISE EXCEPTION 'source % would repeat itself through others', NEW.slug USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER repeats_no_circle BEFORE INSERT OR UPDATE OF origin_id ON negotiations_source
  FOR EACH ROW EXECUTE FUNCTION source_repeats_no_circle();

-- Cells are made with their party and priority. The lock keeps a party and a priority that are added at the same
-- moment from missing each other.
CREATE FUNCTION cells_are_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM negotiations_negotiation WHERE id = NEW.negotiation_id FOR NO KEY UPDATE;
  INSERT INTO negotiations_position (negotiation_id, party_id, priority_id, version, code, precision, confidence,
      red_line, conditions, limits, rationale, supporting, contradicting, in_context, origins)
    SELECT NEW.negotiation_id, party.id, priority.id, 0, 'unknown', '', '', false, '', '', '', 0, 0, 0, 0
    FROM negotiations_party party JOIN negotiations_priority priority USING (negotiation_id)
    WHERE negotiation_id = NEW.negotiation_id
      AND NEW.id = CASE TG_TABLE_NAME WHEN 'negotiations_party' THEN party.id ELSE priority.id END
    ORDER BY party."order", party.id, priority.number;
  RETURN NULL;
END $$;
CREATE TRIGGER cells_are_made AFTER INSERT ON negotiations_party FOR EACH ROW EXECUTE FUNCTION cells_are_made();
CREATE TRIGGER cells_are_made AFTER INSERT ON negotiations_priority FOR EACH ROW EXECUTE FUNCTION cells_are_made();

-- Whom a source's word goes back to: followed to the source that it repeats, then that one's outlet, so that an
-- outlet counts once; a source whose outlet is unknown stands for itself.
CREATE FUNCTION origin_of(of_source bigint) RETURNS text LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up AS (
    SELECT id, origin_id, outlet_id FROM negotiations_source WHERE id = of_source
    UNION  -- each source once, so that even a circle would end
    SELECT s.id, s.origin_id, s.outlet_id FROM negotiations_source s JOIN up ON s.id = up.origin_id
  )
  SELECT coalesce('outlet ' || outlet_id, 'source ' || id) FROM up WHERE origin_id IS NULL
$$;

CREATE FUNCTION source_status_at(of_source bigint, at_revision bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT status FROM negotiations_sourcegrading
                   WHERE source_id = of_source AND revision <= at_revision
                   ORDER BY revision DESC, id DESC LIMIT 1), 'new')
$$;
