-- One row per role that was added, removed or renamed; the side that lacks it is NULL.
SELECT coalesce(b.code, a.code) AS code, a.title AS old_title, b.title AS new_title
FROM old.role AS a
FULL JOIN new.role AS b ON a.code = b.code
WHERE a.title IS DISTINCT FROM b.title
ORDER BY code
