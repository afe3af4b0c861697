"""Runs MiniStack for as long as standard input stays open.

The process that starts it holds the other end, so the emulator and the function workers it spawned never outlive it,
however it ends.
"""

import os
import signal
import sys
import threading

from ministack.app import main

GRACE_SECONDS = 5


def stop_when_stdin_closes() -> None:
    sys.stdin.buffer.read()
    force = threading.Timer(GRACE_SECONDS, lambda: os.killpg(0, signal.SIGKILL))
    force.daemon = True
    force.start()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    if os.getpgrp() != os.getpid():
        os.setpgrp()
    threading.Thread(target=stop_when_stdin_closes, daemon=True).start()
    try:
        main()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(0, signal.SIGTERM)
