-- One row per consenting person and skill: the best standing that counts today.
-- Parameters: $today (ISO date), $salt.
CREATE OR REPLACE TABLE memory.wallet_skill AS
SELECT
    sha256(person.id || $salt) AS owner,
    person.area_code,
    record_skill.skill_uri,
    min_by(record.standing, list_position(['verified', 'confirmed', 'self_asserted'], record.standing)) AS standing
FROM people.consent
JOIN people.person ON person.id = consent.person_id
JOIN people.record ON record.person_id = person.id
JOIN people.record_skill ON record_skill.record_id = record.id
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
