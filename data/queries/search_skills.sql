-- One row per skill of which a label holds every word asked for, best label first, then the better
-- known: how many roles require it.
-- Parameters: $query, $words (folded as the labels are), $limit.
WITH hit AS (
    SELECT
        skill_id,
        min(
            CASE
                WHEN folded = $query THEN 0
                WHEN starts_with(folded, $query || ' ') OR ends_with(folded, ' ' || $query) THEN 2
                WHEN starts_with(folded, $query) THEN 3
                WHEN contains(' ' || folded || ' ', ' ' || $query || ' ') THEN 4
                WHEN list_bool_and(list_transform($words, lambda word: contains(' ' || folded, ' ' || word))) THEN 5
                ELSE 8
            END + CASE WHEN preferred THEN 0 ELSE 1 END
        ) AS place,
        min(length(folded)) AS length
    FROM skill_label
    WHERE list_bool_and(list_transform($words, lambda word: contains(folded, word)))
    GROUP BY skill_id
),
required AS (SELECT skill_id, count(*) AS roles FROM requirement GROUP BY skill_id)
SELECT skill.id, skill.name, skill.uri, skill.vocabulary, skill.kind, skill.description
FROM hit
JOIN skill ON skill.id = hit.skill_id
LEFT JOIN required ON required.skill_id = hit.skill_id
ORDER BY hit.place, coalesce(required.roles, 0) = 0, hit.length, coalesce(required.roles, 0) DESC, skill.name
LIMIT $limit
