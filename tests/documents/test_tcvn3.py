from __future__ import annotations

import pytest

from lientuc.documents.readers.tcvn3 import from_tcvn3, looks_like_tcvn3, mended, share_of_vietnamese


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("NguyÔn V¨n §øc", "Nguyễn Văn Đức"),
        ("TrÇn ThÞ H¹nh", "Trần Thị Hạnh"),
        ("Tr¹m Y tÕ x· Kú S¬n", "Trạm Y tế xã Kỳ Sơn"),
        ("BÖnh viÖn ®a khoa", "Bệnh viện đa khoa"),
        ("c¸n bé y tÕ", "cán bộ y tế"),
        ("H\xadíng", "Hướng"),
    ],
)
def test_old_text_is_seen_and_converted(old, new):
    assert (looks_like_tcvn3(old), mended(old)) == (True, new)


@pytest.mark.parametrize("text", ["Nguyễn Văn Đức", "An", "Hà", "Trần Thị Hoà", "José", "12/3", "", "café", "Lê Tú"])
def test_unicode_text_stays(text):
    assert (looks_like_tcvn3(text), mended(text)) == (False, text)


def test_every_old_letter_becomes_one_vietnamese_letter():
    old = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) != from_tcvn3(chr(code)))
    new = from_tcvn3(old)
    # 74 letters; ý alone has the same place in both tables.
    assert (len(old), len(set(new)), share_of_vietnamese(new)) == (73, 73, 1.0)


def test_share_of_vietnamese_tells_the_code_pages_apart():
    assert share_of_vietnamese("Nguyễn") == 1.0
    assert share_of_vietnamese("NguyÔn §øc") == pytest.approx(1 / 3)
