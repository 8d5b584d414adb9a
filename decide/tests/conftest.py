from tests.shared_data import MISSING, SHARED


def pytest_terminal_summary(terminalreporter):
    if SHARED is None:
        terminalreporter.write_line(MISSING, red=True, bold=True)
