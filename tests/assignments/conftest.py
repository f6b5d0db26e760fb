"""One released course for the tests of each worker."""

import pytest


@pytest.fixture(scope="session")
def released(generated, tmp_path_factory):
    """A course whose assignments were generated with a fresh gradebook; tests put hand-ins in it."""
    return generated.copy(tmp_path_factory.mktemp("uitgedeeld") / "cursus")
