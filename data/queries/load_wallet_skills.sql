-- One row per consenting person and skill: the best standing that counts today, and the groups that the person
-- tells they belong to (1 veterans, 2 first-generation students, 4 English learners, added up).
-- Parameters: $today (ISO date), $salt.
CREATE OR REPLACE TABLE memory.wallet_skill AS
WITH counted AS (
    -- One row per consenting person.
    SELECT DISTINCT
        person.id, sha256(person.id || $salt) AS owner, person.area_code,
        (
            (CASE told.veterans WHEN '1' THEN 1 ELSE 0 END)
            + (CASE told.first_generation WHEN '1' THEN 2 ELSE 0 END)
            + (CASE told.english_learners WHEN '1' THEN 4 ELSE 0 END)
        )::UTINYINT AS groups
    FROM people.consent
    JOIN people.person ON person.id = consent.person_id
    LEFT JOIN people.population_groups AS told ON told.person_id = person.id
    WHERE consent.kind = 'regional' AND consent.withdrawn_at IS NULL AND person.active = '1'
),
best AS (
    -- One row per person and skill; a place is less to keep than its name.
    SELECT
        record.person_id, record_skill.skill_uri,
        min(list_position(['verified', 'confirmed', 'self_asserted'], record.standing)::UTINYINT) AS place
    FROM people.record
    JOIN people.record_skill ON record_skill.record_id = record.id
    WHERE record.person_id IN (SELECT id FROM counted)
      AND record.hidden = '0'
      AND record.declined = '0'
      AND record.replaced_by = ''
      AND record.standing IN ('verified', 'confirmed', 'self_asserted')
      AND (record.expires_on IS NULL OR record.expires_on >= $today)
    GROUP BY record.person_id, record_skill.skill_uri
)
SELECT
    counted.owner, counted.area_code, best.skill_uri,
    ['verified', 'confirmed', 'self_asserted'][best.place] AS standing, counted.groups
FROM best
JOIN counted ON counted.id = best.person_id
ORDER BY counted.area_code, best.skill_uri, counted.owner
