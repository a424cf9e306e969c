"""The same input gives the same bytes, wherever and however often it is built."""

import time
from pathlib import Path

from tests.site.copies import MEMORY, add_engine, build_theme, copy_project, run, tree


def test_two_folders_and_hash_seeds_give_the_same_bytes(source: Path, real_project: Path, tmp_path: Path) -> None:
    """The whole catalogue, once in this process and once from nothing, elsewhere and by the command."""
    built = tree(real_project / "site")
    other = copy_project(source, tmp_path / "a much longer name")
    for kept in MEMORY:
        (other / kept).unlink()
    add_engine(other)
    build_theme(other)
    epoch = str(int((real_project / "site/index.html").stat().st_mtime))
    done = run(
        other, "build", environment={"PYTHONHASHSEED": "4242", "SOURCE_DATE_EPOCH": epoch, "TZ": "Pacific/Kiritimati"}
    )
    assert done.returncode == 0, done.stderr
    assert tree(other / "site") == built
    assert len(built) > 200


def test_building_again_writes_nothing(built_project: Path) -> None:
    """The folders are swapped, so each is seen again two builds later: the same files, untouched."""
    environment = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
    folders = []
    for _ in range(4):
        assert run(built_project, "build", environment=environment).returncode == 0
        files = [path for path in (built_project / "site").rglob("*") if path.is_file()]
        folders.append((tree(built_project / "site"), {path: path.stat().st_mtime_ns for path in files}))
    assert folders[0][0] == folders[1][0] == folders[2][0] == folders[3][0]
    assert folders[1][1] == folders[3][1]
    assert folders[0][1] == folders[2][1]
