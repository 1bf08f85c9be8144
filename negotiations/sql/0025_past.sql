-- Rows that people edit in place, as they were at a revision. The log keeps what each edit changed, before and after;
-- so a row as it was is the row of today, with the oldest "before" of the edits that came later laid over it. Whose
-- first later edit added it was not there; which was taken away later still was. Each such table has a view of its name
-- in the schema `past`; whoever puts that schema before the others reads the same queries as of then (database/past.py).
--
-- The views follow the columns of their tables. A migration that changes one of these tables drops the schema first,
-- and calls make_past() when it is done; a test compares them.

CREATE FUNCTION make_past() RETURNS void LANGUAGE plpgsql AS $make$
DECLARE
  t text;
  columns text;
  values_of text;
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

  FOREACH t IN ARRAY ARRAY[
    'priority', 'party', 'collectivemember', 'person', 'meeting', 'attendance', 'instrument', 'signature', 'commitment',
    'beneficiary', 'outlet', 'source', 'contradiction', 'question'
  ] LOOP
    t := 'negotiations_' || t;
    -- What never changes is read as it lies, so that indexes serve to look it up.
    SELECT string_agg(CASE WHEN attname IN ('id', 'negotiation_id', 'slug') THEN format('t.%I', attname)
                           ELSE format('(then.whole).%I', attname) END, ', ' ORDER BY attnum)
      INTO columns FROM pg_attribute WHERE attrelid = ('public.' || t)::regclass AND attnum > 0 AND NOT attisdropped;
    values_of := format($$
      FROM public.%1$I t
      CROSS JOIN LATERAL (SELECT past.values_of('%1$s', t.id) AS held OFFSET 0) e
      CROSS JOIN LATERAL (SELECT jsonb_populate_record(t, nullif(e.held, 'null')) AS whole OFFSET 0) "then"
      WHERE t.negotiation_id = current_setting('parley.past_of')::bigint AND e.held IS DISTINCT FROM 'null'$$, t);
    IF t IN ('negotiations_collectivemember', 'negotiations_attendance', 'negotiations_signature', 'negotiations_beneficiary') THEN
      -- Links alone are ever taken away.
      values_of := values_of || format($$
        UNION ALL
        SELECT ("then".whole).*
        FROM (SELECT DISTINCT l."row" FROM public.negotiations_rowedit l
              JOIN public.negotiations_change c ON c.id = l.change_id
              WHERE l."table" = '%1$s' AND l.after IS NULL
                AND c.negotiation_id = current_setting('parley.past_of')::bigint
                AND c.revision > current_setting('parley.past_at')::bigint) gone
        CROSS JOIN LATERAL (SELECT past.values_of('%1$s', gone."row") AS held OFFSET 0) e
        CROSS JOIN LATERAL (SELECT jsonb_populate_record(NULL::public.%1$I, nullif(e.held, 'null')) AS whole OFFSET 0) "then"
        WHERE e.held IS DISTINCT FROM 'null' AND NOT EXISTS (SELECT FROM public.%1$I WHERE id = gone."row")$$, t);
    END IF;
    EXECUTE format('CREATE VIEW past.%I AS SELECT %s %s', t, replace(columns, '(then.', '("then".'), values_of);
  END LOOP;
END $make$;

SELECT make_past();
