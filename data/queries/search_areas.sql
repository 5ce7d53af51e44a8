-- One row per area whose name holds every word asked for, or whose code it is, best first: the whole name,
-- its first words, beginnings of words; then the larger kinds of place.
-- Parameters: $query and $words (lower case, accents and punctuation off), $limit.
SELECT code, name, kind, state, oews_code
FROM (SELECT *, ' ' || trim(regexp_replace(strip_accents(lower(name)), '[^a-z0-9]+', ' ', 'g')) || ' ' AS folded FROM area)
WHERE coalesce(list_bool_and(list_transform($words, lambda word: contains(folded, word))), true) OR code = $query
ORDER BY
    code = $query DESC,
    folded = ' ' || $query || ' ' DESC,
    starts_with(folded, ' ' || $query || ' ') DESC,
    coalesce(list_bool_and(list_transform($words, lambda word: contains(folded, ' ' || word))), true) DESC,
    CASE kind WHEN 'nation' THEN 0 WHEN 'state' THEN 1 WHEN 'metro' THEN 2 WHEN 'county' THEN 3 ELSE 4 END,
    name
LIMIT $limit
