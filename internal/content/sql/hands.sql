-- Who may decide the present step of one review: each hand, and in whose right it acts. It stands in a
-- lateral join behind c (the content), v (its newest version), a (its agency) and r (its review).
-- Nobody decides on what they wrote, neither for themselves nor for another, and nobody in two steps of
-- a round, unless the chain says so. Where nobody who is named can, whoever approves at the node does.
WITH rights AS (
    SELECT g.user_id, bool_or(g.user_id = ANY(r.persons)) AS named, bool_or(g.agency_id = ANY(n.path)) AS there
    FROM agency AS n, unnest(a.path) AS above (node),
         LATERAL (SELECT user_id, agency_id FROM user_role WHERE agency_id = above.node AND role = 'approver' OFFSET 0) AS g -- few at each node, by the index
    WHERE n.id = r.node_id AND g.user_id NOT IN (c.author_id, v.author_id)
    GROUP BY g.user_id
), hands AS (
    SELECT user_id AS hand, user_id AS person, '' AS post, named, there FROM rights
    UNION ALL
    SELECT d.deputy_id, x.user_id, d.kind, x.named, x.there FROM rights AS x JOIN deputy AS d ON d.user_id = x.user_id
    WHERE d.starts_at <= @now AND d.ends_at > @now AND d.ended_at IS NULL AND d.deputy_id NOT IN (c.author_id, v.author_id)
), able AS (
    SELECT hands.* FROM hands JOIN app_user AS u ON u.id = hands.hand AND u.active
    WHERE (r.chain->>'repeats')::bool OR NOT EXISTS (
        SELECT FROM content_decision AS d
        WHERE d.content_id = c.id AND d.round = r.round AND d.decision = 'approved' AND d.step <> r.step
          AND (d.approver_id IN (hands.hand, hands.person) OR d.behalf_id IN (hands.hand, hands.person)))
)
SELECT hand, person, post, CASE WHEN r.persons = '{}' THEN 'role' WHEN named THEN 'named' ELSE 'fallback' END AS basis
FROM able WHERE c.state IN ('in_review', 'on_hold', 'approved')
  AND CASE WHEN EXISTS (SELECT FROM able AS other WHERE other.named) THEN named ELSE there END
