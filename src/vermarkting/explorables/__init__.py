"""What a lesson's cells call: the picture of one model each, and the views on the data."""

from vermarkting.explorables.argument_lab import argument_lab
from vermarkting.explorables.argumentation import argumentation
from vermarkting.explorables.care_homes import care_homes
from vermarkting.explorables.creaming import creaming
from vermarkting.explorables.discretion import discretion
from vermarkting.explorables.impact_bond import impact_bond
from vermarkting.explorables.impact_bonds_table import impact_bonds_table
from vermarkting.explorables.incentives import incentives
from vermarkting.explorables.krachtlijnen import krachtlijnen
from vermarkting.explorables.market_profile import market_profile
from vermarkting.explorables.mission_drift import mission_drift
from vermarkting.explorables.network import network
from vermarkting.explorables.one_sided import one_sided
from vermarkting.explorables.poll_return import poll_return
from vermarkting.explorables.tactics import tactics
from vermarkting.explorables.team_budget import team_budget
from vermarkting.explorables.tender import tender
from vermarkting.explorables.timeline import timeline
from vermarkting.explorables.trust_clock import trust_clock
from vermarkting.explorables.voice import voice
from vermarkting.explorables.workbench import workbench

__all__ = [
    "argument_lab",
    "argumentation",
    "care_homes",
    "creaming",
    "discretion",
    "impact_bond",
    "impact_bonds_table",
    "incentives",
    "krachtlijnen",
    "market_profile",
    "mission_drift",
    "network",
    "one_sided",
    "poll_return",
    "tactics",
    "team_budget",
    "tender",
    "timeline",
    "trust_clock",
    "voice",
    "workbench",
]
