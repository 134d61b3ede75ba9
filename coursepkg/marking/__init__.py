"""Marking: students' code runs in a process of its own, and the checks in another that it cannot reach.

`sealed` is the checks' side and `worker` the student's; between them are a `process` and what it may pass, `parcel`
and `portrait`; `cage` holds the worker. `execute` puts a `notebook` of this kind under nbgrader, `otter` under
otter-grader.
"""
