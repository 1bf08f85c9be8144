-- Rows that people edit in place, as they were at a revision. The log keeps what each edit changed, before and after;
-- so a row as it was is the row of today, with the oldest "before" of the edits that came later laid over it. Whose
-- first later edit added it was not there; which was taken away later still was. Each such table has a view of its name
-- in the schema `past`; whoever puts that schema before the others reads the same queries as of then (database/past.py).
--
-- The views follow the columns of their tables. A migration that changes one of these tables drops the schema first,
-- and calls make_past() when it is done; a test compares them.

-- A link stays with what it belongs to; so that can be looked up by its index in the past, too.
CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_collectivemember
  FOR EACH ROW EXECUTE FUNCTION key_is_fixed('negotiation_id', 'collective_id');
CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_attendance
  FOR EACH ROW EXECUTE FUNCTION key_is_fixed('negotiation_id', 'meeting_id');
CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_signature
  FOR EACH ROW EXECUTE FUNCTION key_is_fixed('negotiation_id', 'instrument_id');
CREATE TRIGGER key_is_fixed BEFORE UPDATE ON negotiations_beneficiary
  FOR EACH ROW EXECUTE FUNCTION key_is_fixed('negotiation_id', 'commitment_id');

CREATE FUNCTION make_past() RETURNS void LANGUAGE plpgsql AS $make$
DECLARE
  of_one text[];
  t text;
  columns text;
BEGIN
  DROP SCHEMA IF EXISTS past CASCADE;
  CREATE SCHEMA past;

  -- What the columns that were edited since held then; JSON's null where the row was not there, nothing where it is as
  -- it was.
  CREATE FUNCTION past.values_of(of_table text, of_row bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH since AS (
      SELECT e.before, row_number() OVER (ORDER BY c.revision, e.id) AS place
      FROM public.negotiations_rowedit e JOIN public.negotiations_change c ON c.id = e.change_id
      WHERE e."table" = of_table AND e."row" = of_row
        AND c.negotiation_id = current_setting('parley.past_of')::bigint
        AND c.revision > current_setting('parley.past_at')::bigint
    )
    SELECT CASE WHEN EXISTS (SELECT FROM since WHERE place = 1 AND before IS NULL) THEN 'null'::jsonb
                ELSE (SELECT jsonb_object_agg(b.key, b.value ORDER BY place DESC)
                      FROM since CROSS JOIN LATERAL jsonb_each(since.before) b) END
  $$;

  FOREACH of_one SLICE 1 IN ARRAY ARRAY[
    -- table, and for links, which alone are ever taken away, the column that says what they belong to
    ['priority', ''], ['party', ''], ['person', ''], ['meeting', ''], ['instrument', ''], ['commitment', ''],
    ['outlet', ''], ['source', ''], ['contradiction', ''], ['question', ''],
    ['collectivemember', 'collective_id'], ['attendance', 'meeting_id'], ['signature', 'instrument_id'],
    ['beneficiary', 'commitment_id']
  ] LOOP
    t := 'negotiations_' || of_one[1];
    -- What never changes is read as it lies, so that indexes serve to look it up.
    SELECT string_agg(format(CASE WHEN attname IN ('id', 'negotiation_id', 'slug', of_one[2]) THEN 't.%1$I'
                                  ELSE '("then".whole).%1$I' END, attname), ', ' ORDER BY attnum)
      INTO columns FROM pg_attribute WHERE attrelid = ('public.' || t)::regclass AND attnum > 0 AND NOT attisdropped;
    EXECUTE format($view$
      CREATE VIEW past.%1$I AS
      SELECT %2$s
      FROM public.%1$I t
      CROSS JOIN LATERAL (
        SELECT CASE WHEN EXISTS (SELECT FROM public.negotiations_rowedit e WHERE e."table" = %1$L AND e."row" = t.id)
                    THEN past.values_of(%1$L, t.id) END AS held OFFSET 0) log
      CROSS JOIN LATERAL (SELECT jsonb_populate_record(t, nullif(log.held, 'null')) AS whole OFFSET 0) "then"
      WHERE t.negotiation_id = current_setting('parley.past_of')::bigint AND log.held IS DISTINCT FROM 'null'
      %3$s$view$, t, columns, CASE WHEN of_one[2] <> '' THEN format($gone$
      UNION ALL
      SELECT ("then".whole).*
      FROM (SELECT DISTINCT e."row" FROM public.negotiations_rowedit e
            JOIN public.negotiations_change c ON c.id = e.change_id
            WHERE e."table" = %1$L AND e.after IS NULL
              AND c.negotiation_id = current_setting('parley.past_of')::bigint
              AND c.revision > current_setting('parley.past_at')::bigint) gone
      CROSS JOIN LATERAL (SELECT past.values_of(%1$L, gone."row") AS held OFFSET 0) log
      CROSS JOIN LATERAL (
        SELECT jsonb_populate_record(NULL::public.%1$I, nullif(log.held, 'null')) AS whole OFFSET 0) "then"
      WHERE NOT EXISTS (SELECT FROM public.%1$I WHERE id = gone."row") AND log.held IS DISTINCT FROM 'null'
      $gone$, t) END);
  END LOOP;
END $make$;

SELECT make_past();
