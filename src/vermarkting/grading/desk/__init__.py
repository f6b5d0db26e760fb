"""Where a lecturer marks by hand: formgrader's page, made safe and fit for rubrics."""

from vermarkting.grading.desk.formgrader import install

__all__ = ["install"]
