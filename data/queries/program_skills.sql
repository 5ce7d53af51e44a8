-- One row per programme and skill that it teaches.
-- Parameter: $programs, ids.
SELECT program_id, skill.id, skill.name, skill.uri, skill.vocabulary, skill.kind, skill.description
FROM program_skill
JOIN skill ON skill.id = skill_id
WHERE list_contains($programs, program_id)
ORDER BY program_id, skill.name
