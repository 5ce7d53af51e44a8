-- One row per requirement of a role, most important first, with its skill.
SELECT requirement.role_code, skill.id, skill.name, skill.uri, skill.vocabulary, skill.kind, skill.description,
       requirement.facet, requirement.importance, requirement.level, requirement.stderr, requirement.score
FROM requirement
JOIN skill ON skill.id = requirement.skill_id
ORDER BY requirement.role_code, requirement.importance DESC, skill.id
