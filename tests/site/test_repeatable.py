"""The same input gives the same bytes, wherever and however often it is built."""

import time
from pathlib import Path

from tests.site.copies import build_theme, copy_project, run, tree


def test_two_folders_and_hash_seeds_give_the_same_bytes(source: Path, tmp_path: Path) -> None:
    epoch = str(int(time.time()))
    one = copy_project(source, tmp_path / "one")
    build_theme(one)
    other = copy_project(source, tmp_path / "a much longer name" / "other")
    sites = []
    for project, seed, zone in ((one, "1", "Europe/Amsterdam"), (other, "4242", "Pacific/Kiritimati")):
        done = run(project, "build", environment={"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch, "TZ": zone})
        assert done.returncode == 0, done.stderr
        sites.append(tree(project / "site"))
    assert sites[0] == sites[1]
    assert len(sites[0]) > 200


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
