"""Two deeds at the same moment, in processes of their own.  For tests of races.

What is patched inside a deed (a lock taken out, a slow place) holds in its process alone.
"""

import multiprocessing

from django.db import connections


def together(deed, *each):
    """Do `deed(one)` for each at once; what they answered, or the name of what went wrong."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    line, answers = fork.Barrier(len(each)), fork.Queue()
    processes = [fork.Process(target=_do, args=(deed, one, line, answers)) for one in each]
    for process in processes:
        process.start()
    said = sorted((answers.get(timeout=60) for _ in processes), key=str)
    for process in processes:
        process.join()
    return said


def _do(deed, one, line, answers):
    line.wait(timeout=30)
    try:
        answers.put(deed(one))
    except Exception as error:
        answers.put(type(error).__name__)
    finally:
        connections.close_all()
