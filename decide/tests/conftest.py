from decide.tests import test_peer
from tests.shared_data import MISSING, SHARED


def pytest_terminal_summary(terminalreporter):
    if SHARED is None:
        terminalreporter.write_line(MISSING, red=True, bold=True)
    if not test_peer.THERE:
        terminalreporter.write_line(test_peer.MISSING, red=True, bold=True)
