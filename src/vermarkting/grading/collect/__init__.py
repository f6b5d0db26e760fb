"""Collecting what students uploaded: from a learning platform's bulk download to ``submitted/``."""

from vermarkting.grading.collect.plugin import LmsCollector, install, missed

__all__ = ["LmsCollector", "install", "missed"]
