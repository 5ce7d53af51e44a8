-- One row per task that calls for a requirement, strongest first.
SELECT requirement_task.role_code, requirement_task.skill_id, task.id, task.text
FROM requirement_task
JOIN task ON task.role_code = requirement_task.role_code AND task.id = requirement_task.task_id
ORDER BY requirement_task.role_code, requirement_task.skill_id, requirement_task.position
