"""What holds for every test: a busy machine may be slow, so that no property test is timed."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
