"""What holds a student's process: limits of the system, and on Linux a fence around files, network and signals.

The fence is Landlock (https://docs.kernel.org/userspace-api/landlock.html), which any process may put around itself
and its children, and none can take down. Where there is none, `fence` says so; then only a container keeps the
student's code from what the user who marks can read.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

# From <linux/landlock.h>; the bits of what may be done to files, by the version of Landlock that brought them.
_CREATE, _ADD, _RESTRICT, _BENEATH = 444, 445, 446, 1
_READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read a file, list a folder
_FILES = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_FILES_OF_A_FILE = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15  # what a rule may grant on what is no folder
_NETWORK, _SIGNALS = 3, 3  # to bind or connect by TCP; abstract sockets and signals outside the fence


def limit(megabytes: int, seconds: int) -> None:
    """Bound this process's memory, its files to 100 MB, and its time on the processor. Nothing on Windows."""
    if sys.platform == "win32":
        return
    import resource

    for kind, value in ((resource.RLIMIT_AS, megabytes << 20), (resource.RLIMIT_FSIZE, 100 << 20),
                        (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):  # fmt: skip
        _, most = resource.getrlimit(kind)
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (value, value))


def can_fence() -> int:
    """The version of Landlock that this system has; 0 if it has none."""
    if sys.platform != "linux":
        return 0
    return max(ctypes.CDLL(None, use_errno=True).syscall(_CREATE, None, 0, 1), 0)


def fence(secrets: list[Path], writable: Path) -> bool:
    """Forbid this process and its children to read below `secrets`, to write outside the folder `writable`, to open
    TCP connections, and to signal or trace other processes. Whether it could: False where there is no Landlock."""
    if not (version := can_fence()):
        return False
    call = ctypes.CDLL(None, use_errno=True).syscall
    files = sum(bits for since, bits in _FILES.items() if since <= version)
    rules = struct.pack("=QQQ", files, _NETWORK if version >= 4 else 0, _SIGNALS if version >= 6 else 0)
    ruleset = _done(call(_CREATE, rules, len(rules), 0))
    allowed = dict.fromkeys(_apart_from([path.resolve() for path in secrets], Path("/")), _READ)
    for path, rights in {**allowed, Path("/dev/null"): files, writable.resolve(): files}.items():
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:  # gone since it was listed, or not ours to see: no rule, so no access
            continue
        rights &= files if path.is_dir() else files & _FILES_OF_A_FILE
        _done(call(_ADD, ruleset, _BENEATH, struct.pack("=Qi", rights, descriptor), 0))
        os.close(descriptor)
    _done(ctypes.CDLL(None, use_errno=True).prctl(38, 1, 0, 0, 0))  # PR_SET_NO_NEW_PRIVS
    _done(call(_RESTRICT, ruleset, 0))
    os.close(ruleset)
    return True


def _apart_from(secrets: list[Path], folder: Path) -> list[Path]:
    """The largest folders and files below `folder` that hold none of the secrets."""
    if folder in secrets:
        return []
    if not any(folder in secret.parents for secret in secrets):
        return [folder]
    return [path for child in folder.iterdir() if not child.is_symlink() for path in _apart_from(secrets, child)]


def _done(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"the fence could not be put up: {os.strerror(ctypes.get_errno())}")
    return result
