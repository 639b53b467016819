import time, cProfile, pstats
from lientuc.accounts.enums import Role
from lientuc.registry.actions import take_staff, receive_staff, judge_staff
from lientuc.registry.intake.columns import STAFF_FIELDS
from lientuc.registry.intake.file import read_file
from lientuc.registry.enums import TakeChoice
from tests.registry.staff_lists import HEADER, book
def test_perf(world):
    N=50000
    rows = [[n, f"Nguyễn Thị {n}", "20/05/1990", "Nữ", f"0011{n:08d}", "Điều dưỡng", "", "biên chế", f"{n:06d}/X-GPHN", "01/03/2024"] for n in range(N)]
    by = world.user(Role.TRAINING_OFFICE)
    c=book([HEADER,*rows])
    t=time.time(); f=read_file(c,"a.xlsx",STAFF_FIELDS); print("READ",time.time()-t)
    t=time.time(); b=receive_staff(file=f, organisation=world.hospital, by=by); print("STORE",time.time()-t)
    t=time.time(); judge_staff(batch=b, by=by); print("JUDGE",time.time()-t, b.counts)
    p=cProfile.Profile(); 
    t=time.time(); p.enable(); take_staff(batch=b, choice=TakeChoice.ALL_OR_NOTHING, by=by); p.disable(); print("TAKE",time.time()-t)
    pstats.Stats(p).sort_stats("cumtime").print_stats(35)
