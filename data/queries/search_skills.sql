-- One row per skill of which a label holds at least so many of the words asked for, best first: the whole
-- label, whole words, the beginning of the preferred label, beginnings of words; the preferred label before
-- others, but for names of products; then what roles require. Where a label has the whole words, a word that only begins with one
-- ("excellence" for "excel") is left out; what stands inside of words comes only where there is nothing else.
-- Parameters: $query and $words (in the form the labels have), $least (number of words), $limit.
WITH hit AS (
    SELECT
        skill_id,
        preferred,
        folded,
        len(list_filter($words, lambda word: contains(folded, word))) AS held,
        len(list_filter($words, lambda word: contains(folded, ' ' || word || ' '))) AS whole,
        len(list_filter($words, lambda word: contains(folded, ' ' || word))) AS begun
    FROM skill_label
    WHERE len(list_filter($words, lambda word: contains(folded, word))) >= $least
),
best AS (
    SELECT
        skill_id,
        min(
            CASE
                WHEN folded = $query THEN 0
                WHEN whole = len($words) THEN 2
                WHEN preferred AND starts_with(folded, rtrim($query)) THEN 4
                WHEN begun = len($words) THEN 6
                ELSE 8 + 2 * (len($words) - begun)
            END + CASE WHEN preferred AND NOT starts_with(skill_id, 'onet:') THEN 0 ELSE 1 END
        ) AS place,
        min(length(folded)) AS shortest
    FROM hit
    GROUP BY skill_id
    QUALIFY place < CASE WHEN min(place) OVER () < 4 THEN 6 WHEN min(place) OVER () < 8 THEN 8 ELSE 1000 END
),
required AS (SELECT skill_id, count(*) AS roles FROM requirement GROUP BY skill_id)
SELECT skill.id, skill.name, skill.uri, skill.vocabulary, skill.kind, skill.description
FROM best
JOIN skill ON skill.id = best.skill_id
LEFT JOIN required ON required.skill_id = best.skill_id
ORDER BY best.place, required.roles IS NULL, best.shortest, required.roles DESC, skill.name
LIMIT $limit
