"""What holds for every test."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "here", max_examples=50, deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is slow; and a submission is judged by the same examples each time
settings.load_profile("here")
