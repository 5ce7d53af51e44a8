-- One row per consenting person and skill: the best standing that counts today, and the groups that the person
-- tells they belong to (1 veterans, 2 first-generation students, 4 English learners, added up).
-- Parameters: $today (ISO date), $salt.
CREATE OR REPLACE TABLE memory.wallet_skill AS
SELECT
    sha256(person.id || $salt) AS owner,
    person.area_code,
    record_skill.skill_uri,
    min_by(record.standing, list_position(['verified', 'confirmed', 'self_asserted'], record.standing)) AS standing,
    coalesce(any_value(
        (CASE told.veterans WHEN '1' THEN 1 ELSE 0 END)
        + (CASE told.first_generation WHEN '1' THEN 2 ELSE 0 END)
        + (CASE told.english_learners WHEN '1' THEN 4 ELSE 0 END)
    ), 0)::UTINYINT AS groups
FROM people.consent
JOIN people.person ON person.id = consent.person_id
JOIN people.record ON record.person_id = person.id
JOIN people.record_skill ON record_skill.record_id = record.id
LEFT JOIN people.population_groups AS told ON told.person_id = person.id
WHERE consent.kind = 'regional'
  AND consent.withdrawn_at IS NULL
  AND person.active = '1'
  AND record.hidden = '0'
  AND record.declined = '0'
  AND record.replaced_by = ''
  AND record.standing IN ('verified', 'confirmed', 'self_asserted')
  AND (record.expires_on IS NULL OR record.expires_on >= $today)
GROUP BY person.id, person.area_code, record_skill.skill_uri
ORDER BY person.area_code, record_skill.skill_uri, owner
