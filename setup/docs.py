"""`make docs`: draw the state diagrams anew, then check what the documents say."""

from setup.database import database
from setup.machine import ROOT, main, run, say
from setup.prepare import PYTHON, prepare


def _main(_arguments: list[str]) -> int:
    prepare(tests=True)
    with database("postgres-tests", careless=True) as env:
        env["DJANGO_SETTINGS_MODULE"] = "config.settings.tests"
        for readme in sorted(ROOT.glob("maeul/*/*/README.md")):
            if "stateDiagram-v2" in readme.read_text():
                concept = readme.parent.relative_to(ROOT)
                say(f"Drawing the states of {concept}")
                failing = f"The states of {concept} could not be drawn, see the lines above."
                run([PYTHON, "-m", "tests.test_diagrams", concept], env=env, failing=failing)
        documents = ["tests/test_docs.py", "tests/test_diagrams.py"]
        return run([PYTHON, "-m", "pytest", "-q", "-p", "no:xdist", *documents], env=env)


if __name__ == "__main__":
    main(_main)
