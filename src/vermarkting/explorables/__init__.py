"""What a lesson's cells call: the picture of one model each, and the views on the data."""

from vermarkting.explorables.care_homes import care_homes
from vermarkting.explorables.incentives import incentives
from vermarkting.explorables.market_profile import market_profile
from vermarkting.explorables.tender import tender
from vermarkting.explorables.timeline import timeline

__all__ = ["care_homes", "incentives", "market_profile", "tender", "timeline"]
