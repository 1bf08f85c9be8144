"""System calls that a reader of documents never needs, refused by the kernel of Linux (seccomp, with a filter of BPF).

It needs no privilege, holds in containers too, and holds for libraries in C as for Python. Other systems go without.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import sys

# The number of each call on x86-64 and on 64-bit ARM, where there is one.
CALLS: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "io_uring_setup": (425, 425),
    "clone": (56, 220), "clone3": (435, 435), "fork": (57, None), "vfork": (58, None),
    "execve": (59, 221), "execveat": (322, 281), "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131),
    "ptrace": (101, 117), "process_vm_writev": (311, 271), "unshare": (272, 97), "setns": (308, 268),
    "creat": (85, None), "openat2": (437, 437), "truncate": (76, 45), "ftruncate": (77, 46), "mknod": (133, None),
    "mknodat": (259, 33), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "unlink": (87, None),
    "unlinkat": (263, 35), "rmdir": (84, None), "mkdir": (83, None), "mkdirat": (258, 34), "link": (86, None),
    "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36), "chmod": (90, None), "fchmod": (91, 52),
    "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None),
    "fchownat": (260, 54),
}  # fmt: skip
OPENING = {"open": (2, None), "openat": (257, 56)}  # refused where the flags, the last argument but one, say writing
FLAGS_AT = {"open": 24, "openat": 32}  # bytes into what the filter is shown: second and third argument
WRITING = 0o1 | 0o2 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # which of the numbers, and the kernel's name for it
OLD_STYLE = 0x40000000  # from here on: the same calls by other numbers (x32)

# From linux/bpf_common.h, linux/seccomp.h and linux/prctl.h.
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
NUMBER_AT, MACHINE_AT = 0, 4
NO_NEW_PRIVILEGES, SET_FILTER, FILTER_MODE = 38, 22, 2


class _Step(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step))]


def refuse_calls() -> bool:
    """Have the kernel refuse these calls from here on, for good. False where it can't."""
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    steps = _steps(*machine)
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    prctl = ctypes.CDLL(None).prctl
    return prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and prctl(SET_FILTER, FILTER_MODE, ctypes.byref(program)) == 0


def _steps(column: int, machine: int) -> list[_Step]:
    """The filter: each refusal is passed over (`no` skips it) unless the call is the one."""
    steps = [_Step(LOAD, 0, 0, MACHINE_AT), _Step(EQUAL, 1, 0, machine), _Step(RETURN, 0, 0, REFUSE)]
    steps += [_Step(LOAD, 0, 0, NUMBER_AT), _Step(AT_LEAST, 0, 1, OLD_STYLE), _Step(RETURN, 0, 0, REFUSE)]
    for numbers in CALLS.values():
        if (number := numbers[column]) is not None:
            steps += [_Step(EQUAL, 0, 1, number), _Step(RETURN, 0, 0, REFUSE)]
    for name, numbers in OPENING.items():
        if (number := numbers[column]) is not None:
            steps += [_Step(EQUAL, 0, 4, number), _Step(LOAD, 0, 0, FLAGS_AT[name])]
            steps += [_Step(ANY_BIT, 0, 1, WRITING), _Step(RETURN, 0, 0, REFUSE), _Step(RETURN, 0, 0, ALLOW)]
    return [*steps, _Step(RETURN, 0, 0, ALLOW)]
