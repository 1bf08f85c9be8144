-- Reading through merges: what was merged counts as what is kept, whose outlet and status are those that count.

-- A source leads on to the one that it is merged into, else to the one that it repeats; no way leads back to itself.
CREATE OR REPLACE FUNCTION source_repeats_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  at_source bigint := coalesce(NEW.merged_into_id, NEW.origin_id);
BEGIN
  IF NEW.merged_into_id = NEW.id THEN RETURN NEW; END IF;  -- a check of the table refuses it
  FOR steps IN 1..100 LOOP
    IF at_source IS NULL THEN RETURN NEW; END IF;
    EXIT WHEN at_source = NEW.id;
    SELECT coalesce(merged_into_id, origin_id) INTO at_source FROM negotiations_source WHERE id = at_source;
  END LOOP;
  RAISE EXCEPTION 'source % would repeat itself through others', NEW.slug USING ERRCODE = 'check_violation';
END $$;
DROP TRIGGER repeats_no_circle ON negotiations_source;
CREATE TRIGGER repeats_no_circle BEFORE INSERT OR UPDATE OF origin_id, merged_into_id ON negotiations_source
  FOR EACH ROW EXECUTE FUNCTION source_repeats_no_circle();

-- Whom a source's word goes back to: the outlet of the source at the end of that way, so that an outlet counts once; a
-- source whose outlet is unknown stands for itself.
CREATE OR REPLACE FUNCTION origin_of(of_source bigint) RETURNS text LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up AS (
    SELECT id, coalesce(merged_into_id, origin_id) AS onward, outlet_id FROM negotiations_source WHERE id = of_source
    UNION  -- each source once, so that even a circle would end
    SELECT s.id, coalesce(s.merged_into_id, s.origin_id), s.outlet_id
    FROM negotiations_source s JOIN up ON s.id = up.onward
  )
  SELECT coalesce('outlet ' || coalesce(o.merged_into_id, o.id), 'source ' || up.id)
  FROM up LEFT JOIN negotiations_outlet o ON o.id = up.outlet_id WHERE up.onward IS NULL
$$;

CREATE OR REPLACE FUNCTION source_status_at(of_source bigint, at_revision bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT status FROM negotiations_sourcegrading
                   WHERE source_id = (SELECT coalesce(merged_into_id, id) FROM negotiations_source WHERE id = of_source)
                     AND revision <= at_revision
                   ORDER BY revision DESC, id DESC LIMIT 1), 'new')
$$;
