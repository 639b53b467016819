from enum import StrEnum


class UnitLevel(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class UnitType(StrEnum):
    TINH = "tinh"
    THANH_PHO = "thanh_pho"
    QUAN = "quan"
    HUYEN = "huyen"
    THI_XA = "thi_xa"
    THANH_PHO_THUOC_TINH = "thanh_pho_thuoc_tinh"
    XA = "xa"
    PHUONG = "phuong"
    THI_TRAN = "thi_tran"
    DAC_KHU = "dac_khu"


class OrganisationKind(StrEnum):
    MINISTRY = "ministry"
    PROVINCIAL_COMMITTEE = "provincial_committee"
    HEALTH_DEPARTMENT = "health_department"
    FINANCE_DEPARTMENT = "finance_department"
    COMMUNE_COMMITTEE = "commune_committee"
    HOSPITAL = "hospital"
    AREA_CENTRE = "area_centre"
    STATION = "station"
    STATION_POINT = "station_point"
    SCHOOL = "school"
    ASSOCIATION = "association"
    PRIVATE_FACILITY = "private_facility"


class CareLevel(StrEnum):
    """Levels of technical care (Law 15/2023); `none` for bodies that treat nobody."""

    NONE = "none"
    INITIAL = "initial"
    BASIC = "basic"
    SPECIALISED = "specialised"


class Line(StrEnum):
    EMPLOYER = "employer"
    PROFESSIONAL = "professional"


class AreaKind(StrEnum):
    DIFFICULTY = "difficulty"
    BORDER = "border"
    ISLAND = "island"


class SuccessionKind(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
