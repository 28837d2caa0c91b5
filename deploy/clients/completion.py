"""Whether psql completes the names of the sample: completion.py, the connection in PG*."""

import os
import pty
import select
import sys
import time


def typed(text, until):
    """What psql shows where text is typed at its prompt."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "dumb"
        os.execvp("psql", ["psql", "-X", "-q"])
    shown, wrote, end = b"", False, time.monotonic() + 20
    while time.monotonic() < end and until not in shown:
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 4096).replace(b"\x07", b"")
        if not wrote and b"=>" in shown:
            os.write(terminal, text)
            wrote, shown = True, b""
    os.write(terminal, b"\x15\\q\n")
    os.close(terminal)
    os.waitpid(child, 0)
    return until in shown


wrong = False
for what, text, until in (("a schema", b"SELECT * FROM standings_v\t", b"standings_v1."),
                          ("a product", b"SELECT * FROM standings_v1.st\t", b"standings_v1.standings"),
                          ("a dataset", b"SELECT * FROM player_g\t", b"player_games"),
                          ("a description", b"\\d standings_v1.\t", b"standings_v1.standings"),
                          ("a setting", b"SET search_p\t", b"search_path")):
    right = typed(text, until)
    wrong |= not right
    print(f"psql, completion of {what}: {'right' if right else 'wrong'}")
sys.exit(1 if wrong else 0)
