"""A fixed sample of what others have written, at all depths: a package, `mypy --strict`, and a call of each operation.

Where the descriptions are not here it is skipped, unless REQUIRE_DESCRIPTIONS is set: then it fails.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.corpus.documents import listed, sample
from tests.corpus.trial import Limits, attempt
from tests.public.files import fetched

SIZE: Final = 40
SEED: Final = 40


@pytest.mark.slow
@pytest.mark.parametrize("place", range(SIZE))
def test_what_others_have_written_becomes_a_client(place: int) -> None:
    fetched("adobe.com/aem.json")  # one of all that come together
    name, file = list(sample(listed(), SIZE, SEED).items())[place]
    found = attempt(file, name, frozenset({"call", "types"}), Limits(seconds=600))
    assert (found.cause, found.faults) == ("", {}), found
    assert (found.generated, found.imported, found.typed) == (True, True, True)
    assert found.called == found.operations
