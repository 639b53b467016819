"""The fields of a list of people, as the header finder is tried with."""

from lientuc.documents.readers.fields import KnownField

PERSON_FIELDS: tuple[KnownField, ...] = (
    KnownField("place", ("STT", "TT", "Số TT", "Số thứ tự", "No.")),
    KnownField(
        "full_name", ("Họ và tên", "Họ tên", "Họ và tên học viên", "Tên học viên", "Họ tên nhân viên", "Full name")
    ),
    KnownField("family_name", ("Họ đệm", "Họ và đệm", "Họ", "Họ và tên đệm", "Họ và chữ lót")),
    KnownField("given_name", ("Tên",)),
    KnownField(
        "born", ("Năm sinh", "Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "NTNS", "Date of birth")
    ),
    KnownField("sex", ("Giới tính", "Giới", "Nam/Nữ", "Sex")),
    KnownField(
        "national_number",
        (
            "CCCD",
            "Số CCCD",
            "Căn cước công dân",
            "Số căn cước",
            "Số định danh cá nhân",
            "CMND/CCCD",
            "CMND",
            "Số CMND",
            "ĐDCN",
        ),
    ),
    KnownField("phone", ("Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Điện thoại liên hệ", "Phone")),
    KnownField("email", ("Email", "E-mail", "Thư điện tử", "Địa chỉ email")),
    KnownField(
        "organisation",
        ("Đơn vị", "Đơn vị công tác", "Nơi công tác", "Cơ quan công tác", "Cơ sở", "Trạm Y tế", "Workplace"),
    ),
    KnownField("department", ("Khoa", "Phòng", "Khoa/Phòng", "Khoa phòng", "Bộ phận")),
    KnownField("cadre", ("Chức danh nghề nghiệp", "Chức danh", "Đối tượng", "Nghề nghiệp")),
    KnownField("post", ("Chức vụ", "Vị trí việc làm", "Vị trí công tác")),
    KnownField("qualification", ("Trình độ", "Trình độ chuyên môn", "Bằng cấp", "Trình độ đào tạo")),
    KnownField("specialty", ("Chuyên khoa", "Chuyên ngành", "Chuyên môn")),
    KnownField(
        "licence_number",
        (
            "Số GPHN",
            "Số giấy phép hành nghề",
            "GPHN",
            "Số CCHN",
            "Số chứng chỉ hành nghề",
            "CCHN",
            "Giấy phép hành nghề",
        ),
    ),
    KnownField(
        "licence_issued_on", ("Ngày cấp GPHN", "Ngày cấp CCHN", "Ngày cấp giấy phép", "Ngày cấp giấy phép hành nghề")
    ),
    KnownField("note", ("Ghi chú", "Note")),
)
