"""Property tests: moderate numbers of examples, no clock, nothing left on the disk.

FAILFORWARD_EXAMPLES=20000 looks longer.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "failforward",
    max_examples=int(os.environ.get("FAILFORWARD_EXAMPLES", "80")),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("failforward")
