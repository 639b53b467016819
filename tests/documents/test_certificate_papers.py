from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from lientuc.documents import typesetting
from lientuc.documents.certificates import (
    Activity,
    CertificateContent,
    CertificateKind,
    certificate_data,
    preview_certificate,
    render_certificate,
)
from lientuc.documents.paper import Authority, Signature

MARK = "Số liệu mô phỏng, không có giá trị"
COURSE = Activity(
    "Khóa đào tạo", "Xử trí phản vệ tại Trạm Y tế", date(2026, 3, 2), date(2026, 3, 6), "Bệnh viện tỉnh", 160, 162
)
CERTIFICATE = CertificateContent(
    kind=CertificateKind.PRACTITIONER,
    issuer="Bệnh viện tỉnh",
    governing_body="Sở Y tế",
    number="YS032/CNCNKTYK.K01-2026",
    holder_name="Nguyễn Thị Ngọc Ẩn",
    activities=(COURSE,),
    place="Nghệ An",
    issued_on=date(2026, 3, 9),
    signature=Signature("Phó Giám đốc", "Trần Văn Đức", Authority.KT, "Giám đốc"),
    verification_url="https://example.vn/c/ABCDEFG-HJKMNPQ",
    verification_code="ABCDEFG-HJKMNPQ",
    born=date(1985, 2, 1),
    workplace="Trạm Y tế xã Kỳ Sơn",
)
LESSONS = replace(COURSE, credit_quarters=None)
TRAINING = replace(CERTIFICATE, kind=CertificateKind.TRAINING, activities=(LESSONS,), provider_code="B40", grade="Giỏi")
ATTENDANCE = replace(CERTIFICATE, kind=CertificateKind.ATTENDANCE, activities=(LESSONS, LESSONS))
LONG = {
    "holder_name": "Công Tằng Tôn Nữ Nguyễn Phúc Ngọc Quỳnh Trâm Ỷ Ẫ Ữ Ễ Ậ Hoàng Thị Như Nguyệt",
    "issuer": "Trung tâm Đào tạo và Chỉ đạo tuyến Bệnh viện Đa khoa khu vực Tây Bắc Nghệ An",
    "workplace": "Trung tâm Y tế khu vực Mường Lát – Quan Sơn – Quan Hóa, xã Trung Lý, tỉnh Thanh Hóa",
    "co_issuers": ("Trường Đại học Y Hà Nội", "Bệnh viện Bạch Mai"),
    "remark": "Cấp lại lần 1, thay giấy chứng nhận số YS031/CNCNKTYK.K01-2026.",
}
LONG_TITLE = "Nâng cao năng lực phát hiện sớm, xử trí ban đầu và chuyển cơ sở khám bệnh, chữa bệnh an toàn " * 4


def pages(content: CertificateContent) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(render_certificate(content))).pages)


def text(content: CertificateContent) -> str:
    return " ".join(" ".join(page.extract_text() for page in pages(content)).replace("\u200b", "").split())


def test_form_p_says_what_the_circular_asks():
    assert text(CERTIFICATE) == (
        "SỞ Y TẾ BỆNH VIỆN TỈNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "Số: YS032/CNCNKTYK.K01-2026 GIẤY CHỨNG NHẬN "
        "Tham gia cập nhật kiến thức y khoa liên tục trong khám bệnh, chữa bệnh "
        "Bệnh viện tỉnh chứng nhận: Ông/Bà: NGUYỄN THỊ NGỌC ẨN Ngày sinh: 01/02/1985 "
        "Đơn vị công tác/địa chỉ: Trạm Y tế xã Kỳ Sơn Đã tham gia cập nhật kiến thức y khoa liên tục: "
        "Hình thức: Khóa đào tạo Nội dung: Xử trí phản vệ tại Trạm Y tế Đơn vị/cá nhân chịu trách nhiệm: Bệnh viện tỉnh "
        "Thời gian: Từ ngày 02/03/2026 đến ngày 06/03/2026 Số tiết: 40 tiết Quy đổi tương đương: 40,5 giờ tín chỉ "
        "Tra cứu tại: https://example.vn/c/ABCDEFG-HJKMNPQ Mã tra cứu: ABCDEFG-HJKMNPQ "
        "Nghệ An, ngày 09 tháng 3 năm 2026 KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Trần Văn Đức"
    )


def test_form_s_of_a_course_is_a_certificate_with_code_and_grade():
    said = text(TRAINING)
    parts = ("Mã cơ sở đào tạo: B40", "CHỨNG CHỈ ĐÀO TẠO LIÊN TỤC", "cấp cho:", "Số tiết: 40 tiết", "Xếp loại: Giỏi")
    assert [part in said for part in (*parts, "tín chỉ")] == [True] * 5 + [False]


def test_form_s_of_other_forms_is_an_attestation_with_a_table():
    said = text(ATTENDANCE)
    assert "GIẤY CHỨNG NHẬN Tham gia đào tạo liên tục trong lĩnh vực y tế" in said
    assert "STT Hình thức Nội dung Đơn vị/cá nhân chịu trách nhiệm Thời gian Số tiết 1 Khóa đào tạo" in said
    assert "Tổng cộng 80" in said


def test_table_of_form_p_adds_credit_hours_only():
    one_day = replace(COURSE, ends_on=COURSE.begins_on, credit_quarters=10)
    table = certificate_data(replace(CERTIFICATE, activities=(COURSE, one_day)))["activities"]
    assert (table["headers"][-1], [row[-2:] for row in table["rows"]], table["total"]) == (
        "Số giờ tín chỉ",
        [["Từ ngày 02/03/2026 đến ngày 06/03/2026", "40,5"], ["Ngày 02/03/2026", "2,5"]],
        ["Tổng cộng", "43"],
    )


@pytest.mark.parametrize("content", [CERTIFICATE, TRAINING, ATTENDANCE])
def test_same_content_gives_the_same_bytes_and_another_day_others(content):
    assert render_certificate(content) == render_certificate(content)
    assert render_certificate(content) != render_certificate(replace(content, issued_on=date(2026, 3, 10)))


def test_file_is_dated_by_the_day_of_issue():
    info = pypdf.PdfReader(io.BytesIO(render_certificate(CERTIFICATE))).metadata
    assert (info.creation_date.date(), info.title) == (date(2026, 3, 9), "GIẤY CHỨNG NHẬN YS032/CNCNKTYK.K01-2026")


@pytest.mark.parametrize(("content", "size"), [(CERTIFICATE, (210, 297)), (TRAINING, (297, 210))])
def test_page_is_a4_and_stays_one_page_with_the_longest_names(content, size):
    for given in (content, replace(content, **LONG, activities=(replace(content.activities[0], content=LONG_TITLE),))):
        (page,) = pages(given)
        assert (round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)) == size
        assert page.extract_text().rstrip().endswith("Trần Văn Đức")


def test_only_the_fonts_of_the_house_are_used():
    fonts = {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in pages(CERTIFICATE)
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "BeVietnamPro-Regular",
        "BeVietnamPro-Bold",
    }


def test_every_font_has_its_licence_beside_it():
    families = {path.stem.split("-")[0] for path in typesetting.FONTS.glob("*.ttf")}
    assert families == {path.name.split("-OFL")[0] for path in typesetting.FONTS.glob("*-OFL.txt")}
    assert sum(path.stat().st_size for path in typesetting.FONTS.glob("*.ttf")) < 3_000_000


@pytest.mark.parametrize("content", [CERTIFICATE, TRAINING])
def test_simulated_certificate_is_marked_and_a_real_one_is_not(content):
    assert (MARK in text(replace(content, simulated=True)), MARK in text(content)) == (True, False)
    assert "Simulated data, no value" in text(replace(content, simulated=True, language="en"))


def test_qr_code_carries_the_address():
    other = replace(CERTIFICATE, verification_url="https://example.vn/c/other")
    drawn, other_drawn = certificate_data(CERTIFICATE)["qr"], certificate_data(other)["qr"]
    assert (drawn.startswith("<svg"), drawn == other_drawn) == (True, False)


def test_year_of_birth_alone_and_no_birth_are_printed_as_known():
    assert "Năm sinh: 1985" in text(replace(CERTIFICATE, born=1985))
    assert "sinh:" not in text(replace(CERTIFICATE, born=None))


def test_preview_is_one_picture_a_page():
    assert [picture[:4] for picture in preview_certificate(CERTIFICATE)] == [b"\x89PNG"]


def test_certificate_without_an_activity_is_refused():
    with pytest.raises(ValueError, match="at least one activity"):
        replace(CERTIFICATE, activities=())


def test_credit_hours_on_form_s_are_refused():
    with pytest.raises(ValueError, match="lessons, not credit hours"):
        replace(TRAINING, activities=(COURSE,))


def test_templates_import_no_package_and_name_no_other_font():
    for path in Path(typesetting.TEMPLATES).glob("*.typ"):
        source = path.read_text()
        assert "@preview" not in source, path.name
