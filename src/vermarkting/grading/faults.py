"""Why a disk refused, in one Dutch sentence: the error's own text is in English."""

import errno

from vermarkting.text import t


def about(error: OSError) -> str:
    """Name the cause of an error of the file system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return t("grading.disk.full")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return t("grading.disk.refuses")
    return t("grading.notice.broke", kind=type(error).__name__)
