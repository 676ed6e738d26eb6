"""How much of the longest proofs a run tells.

`make test` tells a share of each, so that it ends within the hour on a slow machine, and
`make test-long` all of them. What is left out is chosen evenly, never by what is likely to pass.
"""

import os
from typing import TypeVar

WHOLE = os.environ.get("WEGO_TEST_WHOLE", "") == "1"
T = TypeVar("T")


def share(whole: T, part: T) -> T:
    """The whole in a long run, else the part."""
    return whole if WHOLE else part
