"""The section of a citation tells where in the original its words stand, and whether they were recognised."""

from __future__ import annotations

from assistant.origin import with_origin
from ingest.records import Obtained, Place, Recognised, SourceDocument

TEXT = "牵头单位：县水务局\n整改时限：2026年6月底前\n"


def source(places: tuple[Place, ...] = (), seen: tuple[Recognised, ...] = ()) -> SourceDocument:
    return SourceDocument("a.pdf", "0", TEXT, "清单", places=places, recognised=seen)


def shown(document: SourceDocument) -> str:
    return with_origin("一、黑臭", document, document.span(10, 23))


def test_plain_text_is_its_own_original() -> None:
    assert shown(source()) == "一、黑臭"


def test_the_place_is_that_of_the_first_word() -> None:
    assert shown(source((Place(0, "清单!A1"), Place(10, "清单!B1")))) == "一、黑臭（原件清单!B1）"


def test_recognised_words_are_marked_with_their_confidence() -> None:
    document = source(seen=(Recognised(0, 9, 0.5), Recognised(10, 23, 0.97)))
    assert shown(document) == "一、黑臭（文字识别，置信度97%）"
    assert document.obtained is Obtained.OCR


def test_doubtful_words_send_the_reader_to_the_original() -> None:
    document = source(seen=(Recognised(10, 14, 0.9), Recognised(14, 23, 0.6)))
    assert shown(document) == "一、黑臭（文字识别，置信度仅69%，请核对原件）"


def test_the_confidence_of_a_stretch_weighs_characters() -> None:
    document = source(seen=(Recognised(0, 2, 1.0), Recognised(10, 16, 0.6)))
    assert document.confidence() == (2 * 1.0 + 6 * 0.6) / 8
    assert document.confidence(3, 9) is None
    assert document.obtained is Obtained.PARTLY_OCR
