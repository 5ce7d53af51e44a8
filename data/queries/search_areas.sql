-- One row per area whose name holds every word asked for, best first: the whole name, its beginning,
-- then the larger kinds of place.
-- Parameters: $query and $words (lower case, accents off), $limit.
SELECT code, name, kind, state, oews_code
FROM (SELECT *, strip_accents(lower(name)) AS folded FROM area)
WHERE coalesce(list_bool_and(list_transform($words, lambda word: contains(folded, word))), true) OR code = upper($query)
ORDER BY
    code = upper($query) DESC,
    folded = $query DESC,
    starts_with(folded, $query) DESC,
    list_bool_and(list_transform($words, lambda word: starts_with(folded, word) OR contains(folded, ' ' || word))) DESC,
    CASE kind WHEN 'nation' THEN 0 WHEN 'state' THEN 1 WHEN 'metro' THEN 2 WHEN 'county' THEN 3 ELSE 4 END,
    name
LIMIT $limit
