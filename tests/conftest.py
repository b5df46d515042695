"""What all tests share."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# A machine that does other things as well makes any limit of time a matter of luck. In CI the examples are the same
# each time, so that a change lands or does not for its own sake; a developer's runs go on looking for new ones.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("unhurried"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "unhurried")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is looked at in a browser takes long."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What is there by now, stays: to look through it for garbage takes a tenth of the time of a run."""
    gc.freeze()
