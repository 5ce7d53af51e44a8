-- One row per source of which release or content differs between two builds; the side that lacks it is NULL.
SELECT coalesce(b.id, a.id) AS id, coalesce(b.title, a.title) AS title, a.release AS old_release, b.release AS new_release,
       a.rows AS old_rows, b.rows AS new_rows
FROM old.source AS a
FULL JOIN new.source AS b ON a.id = b.id
WHERE a.release IS DISTINCT FROM b.release OR a.sha256 IS DISTINCT FROM b.sha256 OR a.rows IS DISTINCT FROM b.rows
ORDER BY id
