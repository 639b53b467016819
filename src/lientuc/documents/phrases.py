"""Sentences of this room's problem codes, and the words its writers print."""

from __future__ import annotations

from lientuc.core.errors import Problem
from lientuc.core.phrases import Phrase

SENTENCES: dict[str, Phrase] = {
    "documents.too_big": Phrase(
        "Tệp nặng {size_mb} MB, vượt mức {limit_mb} MB. Cần tách tệp theo đơn vị rồi gửi lại.",
        "The file is {size_mb} MB, above the limit of {limit_mb} MB. Split it by unit and send again.",
    ),
    "documents.empty": Phrase("Tệp không có nội dung.", "The file is empty."),
    "documents.unknown_format": Phrase(
        "Tệp không phải là bảng tính .xlsx, .xls hoặc .csv. Cần lưu lại thành .xlsx rồi gửi lại.",
        "The file is not an .xlsx, .xls or .csv table. Save it as .xlsx and send again.",
    ),
    "documents.broken": Phrase(
        "Tệp bị hỏng, không đọc được. Cần mở bằng Excel, lưu lại thành .xlsx rồi gửi lại.",
        "The file is damaged and cannot be read. Open it in Excel, save it as .xlsx and send again.",
    ),
    "documents.encrypted": Phrase(
        "Tệp được đặt mật khẩu. Cần bỏ mật khẩu rồi gửi lại.",
        "The file is protected by a password. Remove the password and send again.",
    ),
    "documents.macros": Phrase(
        "Tệp chứa macro. Cần lưu lại thành .xlsx (không có macro) rồi gửi lại.",
        "The file contains macros. Save it as .xlsx (without macros) and send again.",
    ),
    "documents.external_links": Phrase(
        "Tệp có liên kết tới tệp hoặc nguồn dữ liệu khác. Cần ngắt liên kết (dán giá trị) rồi gửi lại.",
        "The file links to another file or data source. Break the links (paste values) and send again.",
    ),
    "documents.dde": Phrase(
        "Tệp có công thức gọi chương trình khác (DDE). Cần thay bằng giá trị rồi gửi lại.",
        "The file has a formula that calls another program (DDE). Replace it by its value and send again.",
    ),
    "documents.embedded_objects": Phrase(
        "Tệp có đối tượng nhúng. Cần xóa đối tượng nhúng rồi gửi lại.",
        "The file has embedded objects. Delete them and send again.",
    ),
    "documents.zip_bomb": Phrase(
        "Tệp giải nén ra quá lớn so với kích thước gửi lên nên không được mở.",
        "The file unpacks to far more than its size, so it was not opened.",
    ),
    "documents.lying_sizes": Phrase(
        "Mục lục bên trong tệp không khớp với nội dung nên tệp không được mở.",
        "The directory inside the file does not agree with its content, so it was not opened.",
    ),
    "documents.too_many_members": Phrase(
        "Tệp có {count} phần bên trong, vượt mức {limit}.",
        "The file has {count} parts inside, above the limit of {limit}.",
    ),
    "documents.too_many_rows": Phrase(
        "Trang tính “{sheet}” có hơn {limit} dòng. Cần tách tệp rồi gửi lại.",
        "Sheet “{sheet}” has more than {limit} rows. Split the file and send again.",
    ),
    "documents.too_many_columns": Phrase(
        "Trang tính “{sheet}” có {count} cột, vượt mức {limit}.",
        "Sheet “{sheet}” has {count} columns, above the limit of {limit}.",
    ),
    "documents.too_heavy": Phrase(
        "Tệp cần quá nhiều bộ nhớ hoặc thời gian để đọc. Cần tách tệp rồi gửi lại.",
        "The file needs too much memory or time to read. Split it and send again.",
    ),
    "documents.not_a_date": Phrase(
        "“{text}” không phải là ngày. Cách ghi: 31/12/2026.", "“{text}” is not a date. Write 31/12/2026."
    ),
    "documents.no_such_day": Phrase("Không có ngày {text} trong lịch.", "There is no day {text} in the calendar."),
    "documents.month_before_day": Phrase(
        "“{text}” có vẻ ghi tháng trước ngày. Cách ghi: ngày/tháng/năm.",
        "“{text}” seems to have the month before the day. Write day/month/year.",
    ),
    "documents.two_digit_year": Phrase(
        "“{text}” ghi năm bằng hai chữ số, không rõ thế kỷ. Cần ghi đủ bốn chữ số.",
        "“{text}” has a year of two digits, the century is unclear. Write four digits.",
    ),
    "documents.year_out_of_range": Phrase(
        "Năm {year} nằm ngoài khoảng {first}–{last}.", "Year {year} is outside {first}–{last}."
    ),
    "documents.not_a_national_number": Phrase(
        "“{text}” không phải là số định danh cá nhân (12 chữ số) hoặc số chứng minh nhân dân cũ (9 chữ số).",
        "“{text}” is not a personal identification number (12 digits) or an old identity-card number (9 digits).",
    ),
    "documents.number_lost_digits": Phrase(
        "Excel đã đổi số này thành {text} và làm mất chữ số. Cần định dạng cột là văn bản rồi nhập lại số.",
        "Excel turned this number into {text} and lost digits. Format the column as text and type the number again.",
    ),
}

WORDS: dict[str, Phrase] = {
    "simulated": Phrase("Số liệu mô phỏng, không có giá trị", "Simulated data, no value"),
    "as_of": Phrase("Số liệu tính đến ngày {day}", "Data as of {day}"),
    "note": Phrase("Ghi chú", "Note"),
    "source": Phrase("Nguồn", "Source"),
    "of": Phrase("{label}: tử số", "{label}: numerator"),
    "out_of": Phrase("{label}: mẫu số", "{label}: denominator"),
    "low": Phrase("{label}: cận dưới", "{label}: lower bound"),
    "high": Phrase("{label}: cận trên", "{label}: upper bound"),
    "hidden": Phrase(
        "Dấu * là ô không công bố để giữ kín thông tin của từng người.",
        "A * marks a cell that is withheld to protect individuals.",
    ),
    "page_of": Phrase("Trang {page}/{pages}", "Page {page}/{pages}"),
}

# --- the frame of Decree 30/2020 ----------------------------------------------------------------------------------

NATION = Phrase("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")
MOTTO = Phrase("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")
RECIPIENTS = Phrase("Nơi nhận:", "Recipients:")
ADDRESSEES = Phrase("Kính gửi:", "To:")
NUMBER = Phrase("Số: {number}{symbol}", "No.: {number}{symbol}")
PLACE_AND_DATE = Phrase("{place}, ngày {day} tháng {month} năm {year}", "{place}, {day}/{month}/{year}")
ABOUT = Phrase("V/v {abstract}", "Re: {abstract}")

# --- certificates (Circular 32/2023 Annex II; Circular 22/2013 Art. 14) -------------------------------------------

CERTIFICATE_TITLES: dict[str, Phrase] = {
    "practitioner": Phrase("GIẤY CHỨNG NHẬN", "CERTIFICATE"),
    "training": Phrase("CHỨNG CHỈ", "CERTIFICATE"),
    "attendance": Phrase("GIẤY CHỨNG NHẬN", "CERTIFICATE OF ATTENDANCE"),
}
CERTIFICATE_SUBTITLES: dict[str, Phrase] = {
    "practitioner": Phrase(
        "Tham gia cập nhật kiến thức y khoa liên tục\ntrong khám bệnh, chữa bệnh",
        "of participation in continuing medical education\nin medical examination and treatment",
    ),
    "training": Phrase("ĐÀO TẠO LIÊN TỤC", "OF CONTINUING TRAINING"),
    "attendance": Phrase("Tham gia đào tạo liên tục trong lĩnh vực y tế", "in continuing training of health staff"),
}
CERTIFICATE: dict[str, Phrase] = {
    "number": Phrase("Số: {number}", "No.: {number}"),
    "provider_code": Phrase("Mã cơ sở đào tạo: {code}", "Provider code: {code}"),
    "joint": Phrase("Phối hợp với: {names}", "Jointly with: {names}"),
    "certifies": Phrase("{issuer} chứng nhận:", "{issuer} certifies that:"),
    "awards": Phrase("{issuer} cấp cho:", "{issuer} awards to:"),
    "holder": Phrase("Ông/Bà", "Name"),
    "born": Phrase("Ngày sinh", "Date of birth"),
    "born_in": Phrase("Năm sinh", "Year of birth"),
    "workplace": Phrase("Đơn vị công tác/địa chỉ", "Workplace/address"),
    "took_part": Phrase(
        "Đã tham gia cập nhật kiến thức y khoa liên tục:", "has taken part in continuing medical education:"
    ),
    "completed": Phrase("Đã hoàn thành khóa đào tạo liên tục:", "has completed the continuing training:"),
    "attended": Phrase("Đã tham gia đào tạo liên tục:", "has attended the continuing training:"),
    "place": Phrase("STT", "No."),
    "form": Phrase("Hình thức", "Form"),
    "content": Phrase("Nội dung", "Content"),
    "responsible": Phrase("Đơn vị/cá nhân chịu trách nhiệm", "Responsible body/person"),
    "period": Phrase("Thời gian", "Period"),
    "from_to": Phrase("Từ ngày {first} đến ngày {last}", "From {first} to {last}"),
    "on_day": Phrase("Ngày {first}", "On {first}"),
    "lessons": Phrase("Số tiết", "Lessons"),
    "lesson_count": Phrase("{count} tiết", "{count} lessons"),
    "credit": Phrase("Quy đổi tương đương", "Equivalent to"),
    "credit_column": Phrase("Số giờ tín chỉ", "Credit hours"),
    "credit_count": Phrase("{count} giờ tín chỉ", "{count} credit hours"),
    "total": Phrase("Tổng cộng", "Total"),
    "grade": Phrase("Xếp loại", "Grade"),
    "verify": Phrase("Tra cứu tại:", "Verify at:"),
    "code": Phrase("Mã tra cứu:", "Verification code:"),
}


def word(code: str, language: str = "vi", /, **values: object) -> str:
    """The text of `WORDS[code]` in `language`."""
    return WORDS[code].in_language(language, **values)


def sentence(problem: Problem, language: str = "vi") -> str:
    """The sentence of one of this room's problems."""
    return SENTENCES[problem.code].in_language(language, **problem.values)
