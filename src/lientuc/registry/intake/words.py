"""Words of staff lists and the codes they mean: titles, specialties, kinds of post, of licence, sexes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from lientuc.core.phrases import Phrase
from lientuc.documents.readers.headers import plain

from ..enums import LicenceKind, PostKind, Sex, Specialty, Title
from ..phrases import LABELS

CodeT = TypeVar("CodeT", bound=StrEnum)

# Title codes of public employees by their first two groups (regulations W-02); other codes are kept as written.
_TITLE_CODES = {
    "V.08.01": Title.DOCTOR,
    "V.08.02": Title.DOCTOR,
    "V.08.03": Title.ASSISTANT_DOCTOR,
    "V.08.04": Title.PUBLIC_HEALTH,
    "V.08.05": Title.NURSE,
    "V.08.06": Title.MIDWIFE,
    "V.08.07": Title.MEDICAL_TECHNICIAN,
}

# The longest word found in the cell decides: `bs yhct` is a doctor, `y sy yhct` an assistant doctor.
_TITLES: dict[Title, tuple[str, ...]] = {
    Title.ASSISTANT_DOCTOR: ("y si", "y sy", "ys", "ysi", "y si da khoa", "y sy da khoa"),
    Title.DOCTOR: ("bac si", "bac sy", "bs", "bsi", "bsck1", "bsck2", "bscki", "bsckii", "ths bs", "ts bs", "bsnt", "bsdk", "doctor"),
    Title.NURSE: ("dieu duong", "dd", "cndd", "dieu duong vien", "y ta", "nurse"),
    Title.MIDWIFE: ("ho sinh", "nu ho sinh", "nhs", "hs", "cnhs", "ho sinh vien", "midwife"),
    Title.MEDICAL_TECHNICIAN: (
        "ky thuat y", "ky thuat vien", "ky thuat vien y", "ktv", "kty", "cnkty", "xet nghiem vien", "ktv xet nghiem",
        "cu nhan xet nghiem",
    ),
    Title.CLINICAL_NUTRITIONIST: ("dinh duong lam sang", "dinh duong vien", "dinh duong"),
    Title.PARAMEDIC: ("cap cuu vien", "cap cuu vien ngoai vien"),
    Title.CLINICAL_PSYCHOLOGIST: ("tam ly lam sang", "tam ly"),
    Title.TRADITIONAL_PRACTITIONER: ("luong y", "nguoi co bai thuoc gia truyen", "gia truyen"),
    Title.CLINICAL_PHARMACIST: ("duoc si lam sang", "duoc sy lam sang", "dsls", "duoc lam sang"),
    Title.PHARMACIST: ("duoc si", "duoc sy", "ds", "dsdh", "dstc", "dscd", "duoc ta", "duoc", "pharmacist"),
    Title.PUBLIC_HEALTH: ("y te cong cong", "ytcc", "cu nhan y te cong cong", "cnytcc"),
    Title.POPULATION: ("dan so", "dan so vien", "vien chuc dan so"),
    Title.VILLAGE_HEALTH_WORKER: (
        "nhan vien y te thon", "nhan vien y te thon ban", "y te thon", "y te thon ban", "y te ban", "co do thon ban", "co do",
        "nhan vien y te to dan pho", "nvytt", "nvyttb", "nvyt thon", "nvyt thon ban", "nvyt", "cong tac vien y te",
    ),
    Title.SOCIAL_WORKER: ("cong tac xa hoi", "ctxh"),
    Title.OTHER: ("khac", "chuc danh khac", "ke toan", "van thu", "lai xe", "ho ly", "hanh chinh", "bao ve", "cong nghe thong tin"),
}  # fmt: skip

_SPECIALTIES: dict[Specialty, tuple[str, ...]] = {
    Specialty.GENERAL: ("da khoa", "general"),
    Specialty.INTERNAL: ("noi", "noi khoa", "noi tong hop", "tim mach", "noi tiet", "ho hap", "truyen nhiem"),
    Specialty.SURGERY: ("ngoai", "ngoai khoa", "chan thuong", "gay me", "gay me hoi suc", "phau thuat"),
    Specialty.OBGYN: ("san", "phu san", "san phu khoa", "san khoa", "san nhi"),
    Specialty.PAEDIATRICS: ("nhi", "nhi khoa"),
    Specialty.LABORATORY: ("xet nghiem", "vi sinh", "huyet hoc", "hoa sinh", "giai phau benh"),
    Specialty.IMAGING: ("chan doan hinh anh", "cdha", "x quang", "sieu am", "hinh anh"),
    Specialty.PREVENTIVE: ("y hoc du phong", "yhdp", "du phong", "y te cong cong", "kiem soat benh tat"),
    Specialty.FAMILY: ("y hoc gia dinh", "yhgd", "bac si gia dinh", "bac sy gia dinh"),
    Specialty.EMERGENCY: ("hoi suc cap cuu", "hscc", "cap cuu", "hoi suc", "hoi suc tich cuc"),
    Specialty.TRADITIONAL: ("y hoc co truyen", "yhct", "dong y"),
    Specialty.PHARMACY: ("duoc", "duoc lam sang"),
}

_POST_KINDS: dict[PostKind, tuple[str, ...]] = {
    PostKind.PERMANENT: ("bien che", "bc", "vien chuc", "cong chuc", "co huu", "permanent"),
    PostKind.CONTRACT: (
        "hop dong",
        "hd",
        "hdld",
        "hop dong lao dong",
        "hd 111",
        "hd68",
        "hd 68",
        "khong xac dinh thoi han",
        "contract",
    ),
    PostKind.SECONDED: ("biet phai", "tang cuong", "seconded"),
    PostKind.ROTATING: ("luan phien", "rotating"),
    PostKind.COLLABORATOR: ("cong tac vien", "ctv", "kiem nhiem", "collaborator"),
}

_LICENCE_KINDS: dict[LicenceKind, tuple[str, ...]] = {
    LicenceKind.GPHN: ("gphn", "giay phep", "giay phep hanh nghe"),
    LicenceKind.CCHN: ("cchn", "chung chi", "chung chi hanh nghe"),
}

_LICENCE_SIGN = re.compile(r"GPHN|CCHN", re.IGNORECASE)
_LICENCE_SIGNS = {"GPHN": LicenceKind.GPHN, "CCHN": LicenceKind.CCHN}

_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE, "male": Sex.MALE, "female": Sex.FEMALE, "m": Sex.MALE, "f": Sex.FEMALE}
_NOTHING = frozenset(
    {"", "-", "–", "—", "0", "x", "ko", "không", "không có", "chưa có", "chưa", "khong", "khong co", "n/a"}
)


def is_nothing(text: str) -> bool:
    """Whether a cell says in words that there is nothing (`-`, `không`, `chưa có`)."""
    return text.strip().lower() in _NOTHING


@lru_cache(maxsize=20_000)
def title_of(text: str, code: str = "") -> Title | None:
    """The title a cell means, else the one its code stands for, else None."""
    known = _TITLE_CODES.get(code.upper()[:7])
    return _longest(text, _TITLE_WORDS) or known


@lru_cache(maxsize=20_000)
def specialty_of(text: str) -> Specialty:
    """The specialty a cell means; one that is not listed is `other`."""
    return _longest(text, _SPECIALTY_WORDS) or Specialty.OTHER


@lru_cache(maxsize=20_000)
def post_kind_of(text: str) -> PostKind | None:
    """The kind of post a cell means."""
    return _longest(text, _POST_KIND_WORDS)


def licence_kind_of(*texts: str) -> LicenceKind | None:
    """The kind of the first text that names exactly one: the column of kinds, the number itself, the heading."""
    for text in texts:
        kinds = {_LICENCE_SIGNS[sign.upper()] for sign in _LICENCE_SIGN.findall(text)} or _licence_kinds(text)
        if len(kinds) == 1:
            return next(iter(kinds))
    return None


def _licence_kinds(text: str) -> frozenset[LicenceKind]:
    """The kinds named in words; numbers as such name none."""
    if not any(char.isalpha() for char in text):
        return frozenset()
    return _kinds_in_words(text)


@lru_cache(maxsize=5_000)
def _kinds_in_words(text: str) -> frozenset[LicenceKind]:
    around = f" {plain(text)} "
    return frozenset(kind for kind, known in _LICENCE_KINDS.items() if any(f" {word} " in around for word in known))


def sex_of(text: str) -> Sex | None:
    """`Nam`, `nữ` and their like."""
    return _SEXES.get(_heard(text))


@lru_cache(maxsize=20_000)
def _heard(text: str) -> str:
    """Lists repeat the same few words thousands of times."""
    return plain(text)


def _longest(text: str, words: Mapping[str, CodeT]) -> CodeT | None:
    """The code of the whole text, else of the longest known word in it."""
    heard = _heard(text)
    if not heard or heard in words:
        return words.get(heard)
    around = f" {heard} "
    inside = [word for word in words if f" {word} " in around]
    return words[max(inside, key=len)] if inside else None


def _words(enum: type[CodeT], more: Mapping[CodeT, tuple[str, ...]]) -> dict[str, CodeT]:
    """Every word of a code: the codes themselves, our own labels in both languages, and what people write."""
    found = {str(code): code for code in enum}
    labels: Mapping[StrEnum, Phrase] = LABELS[enum]
    for code, label in labels.items():
        found |= {plain(label.vi): enum(code), plain(label.en): enum(code)}
    return found | {word: code for code, words in more.items() for word in words}


_TITLE_WORDS = _words(Title, _TITLES)
_SPECIALTY_WORDS = _words(Specialty, _SPECIALTIES)
_POST_KIND_WORDS = _words(PostKind, _POST_KINDS)
