"""Invented reference rows of the demonstration: topics, a curriculum, plan lines."""

from __future__ import annotations

_ROWS = """
emergency.anaphylaxis|Xử trí phản vệ tại tuyến ban đầu|Anaphylaxis in initial care|emergency
emergency.cpr|Cấp cứu ngừng tuần hoàn cơ bản|Basic life support|emergency
ncd.hypertension|Quản lý tăng huyết áp tại Trạm Y tế|Hypertension at the station|clinical
ncd.diabetes|Quản lý đái tháo đường tại Trạm Y tế|Diabetes at the station|clinical
maternal.anc|Khám thai và phát hiện thai nghén nguy cơ cao|Antenatal care and risk|maternal_child
maternal.newborn|Chăm sóc thiết yếu bà mẹ và trẻ sơ sinh|Essential newborn care|maternal_child
diagnostics.ultrasound|Siêu âm tổng quát cơ bản|Basic ultrasound|diagnostics
diagnostics.ecg|Ghi và đọc điện tim cơ bản|Basic ECG|diagnostics
nursing.infection|Kiểm soát nhiễm khuẩn|Infection control|nursing
prevention.vaccination|An toàn tiêm chủng|Vaccination safety|prevention
prevention.outbreak|Giám sát và xử lý ổ dịch|Outbreak response|prevention
population.counselling|Tư vấn sức khỏe sinh sản|Reproductive health counselling|population
traditional.acupuncture|Châm cứu, xoa bóp bấm huyệt cơ bản|Basic acupuncture and massage|traditional
pharmacy.supply|Quản lý thuốc tại Trạm Y tế|Medicines management at the station|pharmacy
management.quality|Quản lý chất lượng và an toàn người bệnh|Quality and patient safety|management
teaching.method|Phương pháp dạy học y học cho giảng viên|Teaching methods for lecturers|management
"""
TOPICS = [
    dict(zip(("code", "name_vi", "name_en", "family"), line.split("|"), strict=True)) | {"source": "illustrative"}
    for line in _ROWS.strip().splitlines()
]
