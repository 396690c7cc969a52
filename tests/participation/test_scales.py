"""A file that is no scale says where and why."""

import pytest

from portal.participation.rules.scales import ScaleFault, read_scale


def test_a_file_that_is_no_scale_names_the_place_of_the_fault() -> None:
    with pytest.raises(ScaleFault, match=r"code"):
        read_scale("edition: 2549-1")
