"""The time from a model's first sentence to the reader is measured on a real page with a real request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from task_list import QUESTION, opened

from ui.first_sentence import delays, played


@pytest.mark.browser
def test_a_sentence_is_timed_from_the_model_to_the_page(
    blank: Page, served: Callable[[object], str]
) -> None:
    with played() as model, opened(model) as assistant:
        address = served(assistant)
        seconds = delays(blank, address, model, [QUESTION, "污水处理能力不足由谁牵头？"])
        # An answer that the model has no part in is none of it.
        assert delays(blank, address, model, ["今天股市行情怎么样？"]) == []
    assert len(seconds) == 2
    # Not before the model had written it.
    assert min(seconds) > 0
