"""What a question asks by saying it both ways: 销没销号, 验收没验收 are 销号了没有, 验收了没有."""

from __future__ import annotations

import re

_STATES = (
    *("销号", "核销", "完成", "完工", "竣工", "办结", "办完", "改完", "做完", "干完", "弄完", "验收", "开工", "动工"),
    *("启动", "建成", "建好", "投运", "投用", "通水", "封堵", "拆除", "拆完", "搬迁", "搬完", "整改", "落实", "达标"),
    *("到期", "过期", "超期", "逾期", "通过"),
)  # fmt: skip
_BOTH_WAYS = re.compile(
    "|".join(rf"(?:{one[0]}|{one})没(?:有)?{one}(?:了|过)?(?!的)" for one in _STATES)
)


def asked_plainly(text: str) -> str:
    """A folded question with what it says both ways said once."""
    return _BOTH_WAYS.sub(lambda match: f"{_state_in(match.group())}了没有", text)


def _state_in(said: str) -> str:
    return next(one for one in _STATES if one in said)
