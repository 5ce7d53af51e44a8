-- One row per occupation that those who leave an occupation of the survey most likely enter, the likeliest first.
-- Parameters: $code, the occupation's.
SELECT to_code, share, low, high
FROM occupation_move
WHERE from_code = $code AND share IS NOT NULL
ORDER BY rank
