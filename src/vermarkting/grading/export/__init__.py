"""Scores out: from nbgrader's gradebook to what a platform imports."""

from vermarkting.grading.export.plugin import ScoreExport

__all__ = ["ScoreExport"]
