-- The floor for check-offs on PostgreSQL: the roll-up trigger of the document that the design grew from, made
-- runnable (the period is taken from the KPI's level, names are qualified, leaves get a row in the cache), and a
-- table without it. The trees: 1,000 visions, each 1 quarterly > 3 monthly > 4 weekly each > 5 daily each.
CREATE TABLE vision_kpis (
  id bigint PRIMARY KEY, vision_id bigint NOT NULL, level text NOT NULL,
  parent_kpi_id bigint REFERENCES vision_kpis(id) ON DELETE SET NULL,
  numeric_target numeric(15,2), rollup_strategy text DEFAULT 'average');
CREATE INDEX ON vision_kpis(parent_kpi_id);
CREATE INDEX ON vision_kpis(vision_id, level);
CREATE TABLE kpi_logs (
  id bigserial PRIMARY KEY, kpi_id bigint NOT NULL REFERENCES vision_kpis(id),
  log_date date NOT NULL, value numeric(15,2));
CREATE INDEX ON kpi_logs(kpi_id, log_date);
CREATE TABLE bare_logs (
  id bigserial PRIMARY KEY, kpi_id bigint NOT NULL, log_date date NOT NULL, value numeric(15,2));
CREATE INDEX ON bare_logs(kpi_id, log_date);
CREATE TABLE kpi_progress_cache (
  kpi_id bigint PRIMARY KEY REFERENCES vision_kpis(id) ON DELETE CASCADE,
  current_value numeric(15,2) DEFAULT 0, progress_percentage int DEFAULT 0,
  children_completed int DEFAULT 0, last_calculated_at timestamptz DEFAULT now());

CREATE FUNCTION recalculate_kpi_progress() RETURNS trigger AS $$
DECLARE p bigint; k record; unit text;
BEGIN
  SELECT * INTO k FROM vision_kpis WHERE id = new.kpi_id;
  unit := CASE k.level WHEN 'daily' THEN 'day' WHEN 'weekly' THEN 'week' WHEN 'monthly' THEN 'month' ELSE 'quarter' END;
  INSERT INTO kpi_progress_cache(kpi_id, current_value, progress_percentage, last_calculated_at)
  SELECT new.kpi_id, coalesce(sum(value), 0),
    CASE WHEN k.numeric_target > 0 THEN least(100, (coalesce(sum(value), 0) / k.numeric_target * 100)::int) ELSE 0 END,
    now()
  FROM kpi_logs WHERE kpi_id = new.kpi_id AND log_date >= date_trunc(unit, current_date)
  ON CONFLICT (kpi_id) DO UPDATE SET current_value = excluded.current_value,
    progress_percentage = excluded.progress_percentage, last_calculated_at = excluded.last_calculated_at;
  p := k.parent_kpi_id;
  WHILE p IS NOT NULL LOOP
    UPDATE kpi_progress_cache SET
      progress_percentage = (
        SELECT avg(c.progress_percentage)::int FROM kpi_progress_cache c JOIN vision_kpis v ON c.kpi_id = v.id
        WHERE v.parent_kpi_id = p),
      children_completed = (
        SELECT count(*) FROM kpi_progress_cache c JOIN vision_kpis v ON c.kpi_id = v.id
        WHERE v.parent_kpi_id = p AND c.progress_percentage >= 100),
      last_calculated_at = now()
    WHERE kpi_id = p;
    SELECT parent_kpi_id INTO p FROM vision_kpis WHERE id = p;
  END LOOP;
  RETURN new;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER trigger_kpi_log_rollup AFTER INSERT OR UPDATE ON kpi_logs
  FOR EACH ROW EXECUTE FUNCTION recalculate_kpi_progress();

INSERT INTO vision_kpis SELECT v * 1000, v, 'quarterly', NULL, 100 FROM generate_series(1, 1000) v;
INSERT INTO vision_kpis SELECT v * 1000 + m, v, 'monthly', v * 1000, 100
  FROM generate_series(1, 1000) v, generate_series(1, 3) m;
INSERT INTO vision_kpis SELECT v * 1000 + 10 + (m - 1) * 4 + w, v, 'weekly', v * 1000 + m, 100
  FROM generate_series(1, 1000) v, generate_series(1, 3) m, generate_series(1, 4) w;
INSERT INTO vision_kpis SELECT v * 1000 + 100 + (w - 1) * 5 + d, v, 'daily', v * 1000 + 10 + w, 1
  FROM generate_series(1, 1000) v, generate_series(1, 12) w, generate_series(1, 5) d;
INSERT INTO kpi_progress_cache(kpi_id) SELECT id FROM vision_kpis;
