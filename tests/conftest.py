"""What all tests share."""

from hypothesis import settings

# A machine that does other things as well makes any deadline a matter of luck.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
