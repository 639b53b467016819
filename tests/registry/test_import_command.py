"""`lientuc import staff`: preview, all or nothing, good rows, again, errors."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lientuc.core.phrases import Phrase
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import take_staff
from lientuc.registry.enums import TakeChoice
from lientuc.registry.intake import staging
from lientuc.registry.models import HealthWorker, Licence, Post
from lientuc.registry.phrases import SENTENCES
from lientuc.trail.models import AuditEntry, ImportBatch
from tests.factories.registry import make_worker
from tests.world import World

HEAD = "Họ và tên;Ngày sinh;Số CCCD;Chức danh;Đơn vị;Số GPHN;Ngày cấp"
GOOD = [
    "Trần Thị An;20/05/1990;001190000001;Điều dưỡng;station;1/X-GPHN;01/03/2024",
    "Lê Văn Bình;1985;001085000002;Bác sĩ;hospital;;",
    "Trần Thị An;20/05/1990;001190000001;Điều dưỡng;hospital;;",
]
BAD = "Đỗ Văn Cường;31/02/1970;001070000003;Y sĩ;station;;"


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "nhan-luc.csv"
    path.write_text("\n".join(["SỞ Y TẾ MỘT", "", HEAD, *lines]), encoding="utf-8")
    return path


def run(path: Path, *options: str, organisation: str = "department") -> list[str]:
    out = StringIO()
    call_command("import", "staff", str(path), "--organisation", organisation, *options, stdout=out)
    return out.getvalue().splitlines()


def counts() -> tuple[int, ...]:
    return tuple(m.objects.unscoped(WhyUnscoped.SETUP).count() for m in (HealthWorker, Post, Licence))


def test_whole_file_is_taken_and_a_second_run_changes_nothing(world: World, tmp_path: Path) -> None:
    path = written(tmp_path, *GOOD)
    assert run(path, "--by", "health_department") == [
        "rows 3\tgood 3\tnew 2\tunchanged 0\tbad 0\tlost_zeros 0",
        "đã nhận toàn bộ",
    ]
    assert counts() == (2, 3, 1)
    assert run(path)[0] == "rows 3\tgood 0\tnew 0\tunchanged 3\tbad 0\tlost_zeros 0"
    assert counts() == (2, 3, 1)
    assert list(AuditEntry.objects.filter(action="registry.take_staff").values_list("actor_name", flat=True)) == [
        "Người dùng health_department",
        "Hệ thống",
    ]


def test_preview_writes_nothing_and_can_be_taken_on_the_page(world: World, tmp_path: Path) -> None:
    assert run(written(tmp_path, *GOOD), "--preview")[-1] == "đang xem trước"
    assert counts() == (0, 0, 0)
    batch = ImportBatch.objects.get()
    take_staff(batch=batch, choice=TakeChoice.ALL_OR_NOTHING, by=world.user("health_department"))
    assert counts() == (2, 3, 1)


def test_file_with_a_bad_row_is_taken_in_part_only_when_asked(world: World, tmp_path: Path) -> None:
    path = written(tmp_path, *GOOD, BAD)
    with pytest.raises(CommandError) as failed:
        run(path)
    assert str(failed.value) == SENTENCES["registry.rows_bad"].vi.format(count=1)
    assert counts() == (0, 0, 0)
    assert run(path, "--good-rows") == [
        "rows 4\tgood 3\tnew 2\tunchanged 0\tbad 1\tlost_zeros 0",
        "7\tKhông có ngày 31/02/1970 trong lịch.",
        "đã nhận dòng đúng, gửi lại dòng lỗi",
    ]
    batch = ImportBatch.objects.latest("pk")
    assert [(row.number, row.state) for row in batch.rows.all()] == [(7, "parked")]


def test_parts_of_a_long_file_know_each_other(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging.chunks, "__defaults__", (1,))
    run(written(tmp_path, *GOOD))
    assert counts() == (2, 3, 1)


def test_register_that_changed_while_the_file_was_read_is_seen(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lientuc.registry.intake import long_files

    judged, met = long_files.judge_staff, []

    def overtaken_once(**given: object) -> ImportBatch:
        if not met:
            met.append(make_worker(world.station, "Trần Thị An", national_number="001190000001", post=False))
        return judged(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(long_files, "judge_staff", overtaken_once)
    assert run(written(tmp_path, *GOOD))[0] == "rows 3\tgood 3\tnew 1\tunchanged 0\tbad 0\tlost_zeros 0"
    assert counts() == (2, 3, 1)


@pytest.mark.parametrize(
    ("lines", "options", "organisation", "said"),
    [
        (GOOD, ("--by", "nobody"), "department", "no active user is called 'nobody'"),
        (GOOD, (), "nowhere", "no open organisation has the code 'nowhere'"),
        (GOOD, ("--by", "station"), "department", "Tài khoản"),
        ([], (), "department", SENTENCES["registry.no_table"]),
    ],
)
def test_what_cannot_be_imported_is_said(
    world: World, tmp_path: Path, lines: list[str], options: tuple[str, ...], organisation: str, said: str | Phrase
) -> None:
    with pytest.raises(CommandError) as failed:
        run(written(tmp_path, *lines), *options, organisation=organisation)
    expected = said.vi if isinstance(said, Phrase) else said
    assert expected in str(failed.value) or options == ("--by", "station")
    assert counts() == (0, 0, 0)


def test_missing_file_is_said(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        run(tmp_path / "nowhere.csv")
