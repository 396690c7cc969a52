from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from portal.kernel.facts import SearchDocument


def test_a_search_document_cannot_be_changed_on_its_way():
    document = SearchDocument("case", "OPDC-2570-000123", "th", "ไฟถนน", "ไฟดับ", "/cases/OPDC-2570-000123", 1, "กรม", datetime.now(UTC))
    with pytest.raises(FrozenInstanceError):
        document.title = "อื่น"  # type: ignore[misc]
