import time
def test_t(world):
    from lientuc.places.actions import load_register
    from lientuc.accounts.models import SYSTEM
    t=time.time(); load_register(by=SYSTEM); print("LOAD", time.time()-t)
    t=time.time(); load_register(by=SYSTEM); print("AGAIN", time.time()-t)
