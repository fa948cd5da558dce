-- Groups below a node: people reached per 100 eligible, ranked inside their size band. A group under
-- the limit keeps its figures to itself. A hospital below its dinas counts in the dinas and is no group of
-- its own beside it.
WITH groups AS (
    SELECT g.id, g.name, (SELECT e.people FROM eligible_day AS e
                          WHERE e.node_id = g.id AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1) AS eligible
    FROM agency AS g
    WHERE g.path @> ARRAY[@node::int4] AND g.kind = @level
      AND NOT EXISTS (SELECT FROM agency AS above WHERE above.id = g.parent_id AND above.kind = g.kind AND above.id <> @node)
), measured AS (
    SELECT groups.id, groups.name, groups.eligible,
           CASE WHEN eligible <= 30 THEN '1-30' WHEN eligible <= 100 THEN '31-100'
                WHEN eligible <= 300 THEN '101-300' ELSE '301+' END AS band,
           CASE WHEN eligible <= 30 THEN 1 WHEN eligible <= 100 THEN 2 WHEN eligible <= 300 THEN 3 ELSE 4 END AS band_order,
           CASE WHEN eligible >= @smallest THEN coalesce(sum(r.people), 0) END AS reached
    FROM groups
    LEFT JOIN rollup_node_day AS r ON r.node_id = groups.id AND r.day BETWEEN @from::date AND @to::date
    WHERE groups.eligible > 0
    GROUP BY groups.id, groups.name, groups.eligible
), rated AS (
    SELECT *, per_100(reached, eligible) AS rate FROM measured
)
SELECT id, name, band, CASE WHEN eligible >= @smallest THEN eligible END AS eligible, reached AS people_reached, rate,
       CASE WHEN rate IS NOT NULL THEN rank() OVER (PARTITION BY band ORDER BY rate DESC NULLS LAST) END AS rank
FROM rated
ORDER BY band_order, rate DESC NULLS LAST, name, id
