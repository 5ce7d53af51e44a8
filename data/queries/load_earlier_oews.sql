-- One row per occupation and area of an earlier OEWS release, all industries and ownerships together, 00-0000 for all of them.
-- Parameters: $release, its name; $year.
INSERT INTO oews_earlier
WITH reasons AS (SELECT map(list(code), list(reason)) AS of_note FROM footnote_reason)
SELECT
    $release, $year,
    substr(key, 5, 7),
    substr(key, 18, 2) || '-' || substr(key, 20, 4),
    CASE WHEN v01 <> '-' THEN v01::DOUBLE END,
    CASE WHEN v01 = '-' THEN coalesce(of_note[f01], 'not_published') WHEN v01 IS NULL THEN 'not_published' END,
    CASE WHEN v02 <> '-' THEN v02::DOUBLE END
FROM release.cell
JOIN release.occupation ON occupation_code = substr(key, 18, 6), reasons
WHERE substr(key, 12, 6) = '000000' AND (display_level = '3' OR occupation_code = '000000')
ORDER BY 3, 4
