"""Collecting what students handed in: from a platform's bulk download or from the exchange, to ``submitted/``."""

from vermarkting.grading.collect.exchange import OwnedCollect
from vermarkting.grading.collect.plugin import LmsCollector, install, missed

__all__ = ["LmsCollector", "OwnedCollect", "install", "missed"]
