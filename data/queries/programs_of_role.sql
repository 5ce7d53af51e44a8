-- One row per programme that its list names for a role's occupation, the cheapest first.
-- Parameters: $role, O*NET-SOC code; $limit.
SELECT id, name, provider, place, credential, url, cost, weeks, completion, employed, earnings
FROM program
WHERE id IN (SELECT program_id FROM program_role WHERE role_code = $role)
ORDER BY cost NULLS LAST, name, provider, id
LIMIT $limit
