"""Builds the front-end assets from the packages in package-lock.json and the sources in web/assets.

Standard library only, like `bootstrap`, which calls it. The result is web/assets/built/:
styles/main.css, scripts/, fonts/ and images/; and web/assets/document-fonts/.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from config.running.steps import StepFailed, run_step

OLDEST_NODE = 20
FONT = "@fontsource-variable/atkinson-hyperlegible-next/files"
FONT_FILES = {
    "latin.woff2": f"{FONT}/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "latin-ext.woff2": f"{FONT}/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
}
#: Scripts for devices that have no letters of theirs; fetched only where they are shown.
SCRIPT_FONTS = ("devanagari", "gujarati", "tamil")
FONT_LICENCE = "@fontsource-variable/atkinson-hyperlegible-next/LICENSE"
SCRIPTS = ["govuk-frontend/dist/govuk/govuk-frontend.min.js", "htmx.org/dist/htmx.min.js"]
#: Fonts of PDF documents, by package and by the beginning of their files' names. Not served.
DOCUMENT_FONTS = {
    "atkinson-hyperlegible-next": "AtkinsonHyperlegibleNext",
    "noto-sans-arabic": "NotoSansArabic",
    "noto-sans-devanagari": "NotoSansDevanagari",
    "noto-sans-gujarati": "NotoSansGujarati",
    "noto-sans-tamil": "NotoSansTamil",
}
DOCUMENT_WEIGHTS = ("400Regular", "700Bold")


def build_assets(root: Path, venv: Path, *, install_node: Callable[[], None]) -> None:
    """Fetches the packages and builds, each only when what it is made from has changed.

    `install_node` is called where the machine has no Node.js of version 20 or newer; it puts one
    into `venv`.

    Raises:
        StepFailed: npm or Sass failed.
    """
    sources = root / "web" / "assets"
    packages = digest([root / "package.json", root / "package-lock.json"], root)
    made_from = packages + digest([*files_in(sources), Path(__file__).resolve()], root)
    stamp = sources / "built" / ".made-from"
    if stamp.exists() and stamp.read_text() == made_from:
        return
    node_folder = folder_with_node(venv)
    if node_folder is None:
        install_node()
        node_folder = venv / "bin"
    env = {**os.environ, "PATH": f"{node_folder}{os.pathsep}{os.environ['PATH']}"}
    fetch_packages(root, packages, env)
    build(root, sources, made_from, env)


def files_in(sources: Path) -> list[Path]:
    """The sources of the assets, without what was built from them."""
    return [
        path
        for path in sources.rglob("*")
        if path.is_file()
        and not path.relative_to(sources).parts[0].startswith(("built", "document-fonts"))
    ]


def digest(files: list[Path], root: Path) -> str:
    """One hash of the files' names and contents."""
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.relative_to(root).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def folder_with_node(venv: Path) -> Path | None:
    """The folder of a Node.js that is new enough and has npm beside it on the path."""
    search = os.pathsep.join([os.environ["PATH"], str(venv / "bin")])
    node = shutil.which("node", path=search)
    if node is None or shutil.which("npm", path=search) is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", answer.stdout)
    return Path(node).parent if version and int(version[1]) >= OLDEST_NODE else None


def fetch_packages(root: Path, made_from: str, env: dict[str, str]) -> None:
    """Installs exactly what package-lock.json names."""
    stamp = root / "node_modules" / ".made-from"
    if stamp.exists() and stamp.read_text() == made_from:
        return
    run_step(
        "Fetching the front-end packages",
        ["npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"],
        cwd=root,
        env=env,
    )
    stamp.write_text(made_from)


def build(root: Path, sources: Path, made_from: str, env: dict[str, str]) -> None:
    """Builds into a new folder, which takes the old one's place only when it is complete."""
    modules = root / "node_modules"
    new, built = sources / "built.new", sources / "built"
    shutil.rmtree(new, ignore_errors=True)
    for folder in ("styles", "scripts", "fonts", "images"):
        (new / folder).mkdir(parents=True)
    run_step(
        "Building the style sheet",
        ["node", str(sources / "build-styles.mjs"), str(new / "styles" / "main.css")],
        cwd=root,
        env=env,
    )
    for name, source in FONT_FILES.items():
        shutil.copy(modules / source, new / "fonts" / f"atkinson-hyperlegible-next-{name}")
    for letters in SCRIPT_FONTS:
        package = modules / "@fontsource-variable" / f"noto-sans-{letters}"
        name = f"noto-sans-{letters}-{letters}-wght-normal.woff2"
        shutil.copy(package / "files" / name, new / "fonts" / f"noto-sans-{letters}.woff2")
        shutil.copy(package / "LICENSE", new / "fonts" / f"noto-sans-{letters}-LICENSE.txt")
    shutil.copy(modules / FONT_LICENCE, new / "fonts" / "LICENSE.txt")
    for script in [modules / script for script in SCRIPTS]:
        copy_script(script, new / "scripts" / script.name)
    for folder in ("scripts", "images"):
        shutil.copytree(sources / folder, new / folder, dirs_exist_ok=True)
    copy_document_fonts(modules, sources / "document-fonts")
    (new / ".made-from").write_text(made_from)
    shutil.rmtree(built, ignore_errors=True)
    new.rename(built)


def copy_document_fonts(modules: Path, target: Path) -> None:
    """Copies the fonts that PDF documents are set in, with their licences."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for package, family in DOCUMENT_FONTS.items():
        folder = modules / "@expo-google-fonts" / package
        for weight in DOCUMENT_WEIGHTS:
            name = f"{family}_{weight}.ttf"
            shutil.copy(folder / weight / name, target / name)
        shutil.copy(folder / "LICENSE_FONT", target / f"{family}-LICENSE.txt")


def copy_script(source: Path, target: Path) -> None:
    """Copies a script without its pointer to a source map, which is not served."""
    text = source.read_text(encoding="utf-8")
    if not text.strip():
        raise StepFailed(f"{source} is empty: remove node_modules and try again.")
    target.write_text(re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.M), encoding="utf-8")
