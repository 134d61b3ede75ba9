"""The scenes of the course, one package a chapter, in it one explorable a module."""
