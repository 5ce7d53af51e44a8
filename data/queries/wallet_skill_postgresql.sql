-- One row per consenting person and skill: the best standing that counts today, and the groups that the person
-- tells they belong to; as load_wallet_skills reads it from SQLite.
-- Parameters: today (ISO date), salt.
COPY (
    SELECT
        encode(sha256(convert_to(person.id || %(salt)s, 'UTF8')), 'hex') AS owner,
        person.area_code,
        record_skill.skill_uri,
        (array_agg(
            record.standing
            ORDER BY array_position(ARRAY['verified', 'confirmed', 'self_asserted'], record.standing::text)
        ))[1] AS standing,
        coalesce(bool_or(told.veterans)::int, 0)
        + 2 * coalesce(bool_or(told.first_generation)::int, 0)
        + 4 * coalesce(bool_or(told.english_learners)::int, 0) AS groups
    FROM consent
    JOIN person ON person.id = consent.person_id
    JOIN record ON record.person_id = person.id
    JOIN record_skill ON record_skill.record_id = record.id
    LEFT JOIN population_groups AS told ON told.person_id = person.id
    WHERE consent.kind = 'regional'
      AND consent.withdrawn_at IS NULL
      AND person.active
      AND NOT record.hidden
      AND NOT record.declined
      AND record.replaced_by = ''
      AND record.standing IN ('verified', 'confirmed', 'self_asserted')
      AND (record.expires_on IS NULL OR record.expires_on >= CAST(%(today)s AS date))
    GROUP BY person.id, person.area_code, record_skill.skill_uri
    ORDER BY person.area_code, record_skill.skill_uri, owner
) TO STDOUT (FORMAT csv)
