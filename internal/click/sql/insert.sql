INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
SELECT at, visitor, content_id, user_id, unit_id, agent_id, channel::int4::"char", verdict::int4::"char", reason::int4::"char", rule::int4::"char"
FROM unnest($1::timestamptz[], $2::int4[], $3::int4[], $4::int4[], $5::int4[],
            $6::int4[], $7::int2[], $8::int2[], $9::int2[], $10::int2[])
    AS c (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
