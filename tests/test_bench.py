"""What a bench says at its end."""

import json

from bench.report import Runs, at_least, at_most, table, tell

GOALS = {"casts_a_second": at_least(100), "queries": at_most(15)}


def told(tmp_path, capsys, *, name="year", body="table", **figures):
    status = tell(name, figures=figures, goals=GOALS, body=body, page=tmp_path / "benchmarks.md")
    return status, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_last_line_says_figures_and_goals_and_that_goals_are_met_at_their_edge(
    tmp_path, capsys
):
    status, line = told(tmp_path, capsys, casts_a_second=100, queries=15)
    assert (status, line["met"]) == (0, True)
    assert line["figures"] == {"casts_a_second": 100, "queries": 15}
    assert line["goals"] == {"casts_a_second": ">= 100", "queries": "<= 15"}


def test_one_goal_that_is_missed_is_enough_to_fail(tmp_path, capsys):
    for casts, queries in ((99.9, 15), (100, 16)):
        status, line = told(tmp_path, capsys, casts_a_second=casts, queries=queries)
        assert (status, line["met"]) == (1, False)


def test_a_bench_rewrites_its_own_table_and_leaves_the_others(tmp_path, capsys):
    figures = {"casts_a_second": 100, "queries": 15}
    for name, body in (("year", "old year"), ("decide", "the rules"), ("year", "new year")):
        told(tmp_path, capsys, name=name, body=body, **figures)
    text = (tmp_path / "benchmarks.md").read_text()
    assert "old year" not in text
    assert text.index("new year") < text.index("the rules")
    assert text.count("bench-year: begin") == 1


def test_a_table_shows_the_median_and_the_spread(tmp_path):
    rows = [["by action", Runs((90.0, 120.0, 100.0))], ["over HTTP", Runs((1.25, 1.5, 1.0))]]
    assert table(["what", "a second"], rows) == (
        "| what | a second |\n| --- | --: |\n"
        "| by action | 100 (90–120) |\n| over HTTP | 1.25 (1–1.5) |"
    )
