SELECT act.network, count(*) AS like_d FROM act JOIN agency AS u ON u.id = act.unit_id
WHERE act.kind = 'like' AND u.path @> ARRAY[@node::int4] AND act.day BETWEEN @from::date AND @to::date GROUP BY act.network
