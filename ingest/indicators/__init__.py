"""Figures with a name: PM2.5年均浓度 控制在 38微克/立方米 以内, by 2025.

A figure says nothing without what it measures, which way it is bounded, and when. The name usually stands
before the figure (优良天数比例达到72.6%) and, for things that are counted, after it (淘汰8台生物质锅炉); the time is
often said once for a whole sentence. Problem descriptions hold figures too; they are facts, and told apart
from targets by where they stand, not here.

`figures` reads the numbers, `names` what they are about, `finding` their bounds and times; the words all
of them go by are in `patterns`.
"""

from ingest.indicators.finding import find_indicators

__all__ = ["find_indicators"]
