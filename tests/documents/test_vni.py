"""Text of the VNI fonts is told from Unicode and from TCVN3, and converted."""

from __future__ import annotations

import pytest

from lientuc.documents.readers.delimited import decoded
from lientuc.documents.readers.tcvn3 import mended
from lientuc.documents.readers.vni import from_vni, looks_like_vni

VNI = [
    ("Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
    ("Traàn Thò Haïnh", "Trần Thị Hạnh"),
    ("Traïm Y teá xaõ Kyø Sôn", "Trạm Y tế xã Kỳ Sơn"),
    ("Beänh vieän ña khoa", "Bệnh viện đa khoa"),
    ("NGUYEÃN THÒ HOÀNG", "NGUYỄN THỊ HỒNG"),
    ("Hoà Thò Höôøng", "Hồ Thị Hường"),
    ("Ñinh Thò Mî", "Đinh Thị Mỵ"),
    ("Baùc só", "Bác sĩ"),
    ("Giôùi tính", "Giới tính"),
]


@pytest.mark.parametrize(("old", "new"), VNI)
def test_vni_is_seen_and_converted(old: str, new: str) -> None:
    assert (looks_like_vni(old), mended(old)) == (True, new)


@pytest.mark.parametrize(
    "text",
    ["Nguyễn Văn Đức", "An", "Hoà", "Trần Thị Hoà", "Khuất", "Hoà Quý", "Lê Thuý", "José", "12/3", "", "Lê Văn Ái"],
)
def test_unicode_text_stays(text: str) -> None:
    assert (looks_like_vni(text), mended(text)) == (False, text)


@pytest.mark.parametrize(
    "text", ["NguyÔn V¨n §øc", "TrÇn ThÞ H¹nh", "c¸n bé y tÕ", "Hä vµ tªn", "Lª ThÞ YÕn", "B¸c sÜ"]
)
def test_the_other_old_font_is_not_taken_for_vni(text: str) -> None:
    assert not looks_like_vni(text)


def test_every_lower_case_letter_of_vietnamese_can_be_written() -> None:
    letters = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵăâđêôơư"
    olds = (
        "aø aù aû aõ aï aè aé aú aü aë aà aá aå aã aä eø eù eû eõ eï eà eá eå eã eä ì í æ ó ò "
        "oø où oû oõ oï oà oá oå oã oä ôø ôù ôû ôõ ôï uø uù uû uõ uï öø öù öû öõ öï yø yù yû yõ î aê aâ ñ eâ oâ ô ö"
    )
    assert from_vni(olds) == " ".join(letters)


def test_csv_typed_in_vni_is_read() -> None:
    text = "Hoï vaø teân;Chöùc danh\r\nNguyeãn Vaên Ñöùc;Ñieàu döôõng\r\n"
    assert decoded(text.encode("latin-1")) == "Họ và tên;Chức danh\r\nNguyễn Văn Đức;Điều dưỡng\r\n"
