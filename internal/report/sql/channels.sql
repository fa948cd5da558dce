SELECT channel::int8 AS network, sum(people)::int8 AS people FROM rollup_node_channel_day
WHERE node_id = @node AND day BETWEEN @from::date AND @to::date GROUP BY channel
