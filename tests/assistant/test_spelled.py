"""Questions typed in pinyin are read with the words of the documents; other Latin text stays as it is."""

from __future__ import annotations

import pytest

from assistant.understanding.spelled import PinyinReader

TEXT = "武清区空气质量目标：到2025年，PM2.5年均浓度控制在38微克以内。应急减排清单共纳入126家企业。"


@pytest.fixture(scope="module")
def reader() -> PinyinReader:
    return PinyinReader(TEXT, ["武清区", "武清"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wuqing qu pm2.5 yao kong zhi dao duo shao", "武清区pm2.5要控制到多少"),
        ("wuqing 2025 nian pm2.5 duoshao", "武清2025年pm2.5多少"),
        ("yingji jianpai qingdan yigong naru duoshao jia qiye", "应急减排清单一共纳入多少家企业"),
    ],
)
def test_pinyin_is_read(reader: PinyinReader, typed: str, read: str) -> None:
    assert reader.read(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "what is the pm2.5 target of wuqing",
        "武清的vocs目标",
        "pm2.5",
        "wuqing",
        "那份文件的painting部分有wq2025的内容吗",
    ],
)
def test_other_latin_text_stays(reader: PinyinReader, text: str) -> None:
    assert reader.read(text) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("请看 wuqing 那份文件的第3条", "请看 武清 那份文件的第3条"),
        ("wuqingqu的mubiao要到多少", "武清区的目标要到多少"),
        ("yingji清单de范围有多大呢啊", "应急清单范围有多大呢啊"),
        ("武qing区pm2.5要控制到多少微克", "武清区pm2.5要控制到多少微克"),
        ("应急减pai清单里有几家qi业", "应急减排清单里有几家企业"),
    ],
)
def test_words_in_pinyin_are_read_within_characters(
    reader: PinyinReader, typed: str, read: str
) -> None:
    assert reader.read(typed) == read
