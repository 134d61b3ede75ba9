"""The scenes of the course, one module a chapter."""
