"""The front door for marking: it looks at each submission first, has nbgrader or otter mark it, and tells of each."""
