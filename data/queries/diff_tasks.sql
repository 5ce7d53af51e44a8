-- One row per task that a role gained (added) or lost; tasks are the same where their text is.
WITH a AS (SELECT DISTINCT role_code, id, text FROM old.task), b AS (SELECT DISTINCT role_code, id, text FROM new.task)
SELECT coalesce(b.role_code, a.role_code) AS role_code, coalesce(b.text, a.text) AS text, a.id IS NULL AS added
FROM a
FULL JOIN b ON a.role_code = b.role_code AND a.id = b.id
WHERE a.id IS NULL OR b.id IS NULL
ORDER BY role_code, added, text
