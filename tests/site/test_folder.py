"""The published folder, where somebody put links, and where the system can't swap two folders in one step."""

import ctypes
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from meedoenkaart.publishing.folder import Folder
from tests.site.copies import tree


def _publish(root: Path, *names: str, text: str = "") -> dict[str, bytes]:
    folder = Folder(root / "site", root / ".cache/staging")
    for name in names:
        folder.write(name, f"{name} {text}".encode())
    folder.publish()
    return {path: (root / "site" / path).read_bytes() for path in tree(root / "site")}


def test_links_that_somebody_put_there_are_no_part_of_it(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "own.html").touch()
    pages = ("a/index.html", "b/index.html")
    for text in ("1", "2", "3"):
        made = _publish(tmp_path, *pages, text=text)
        assert made == {page: f"{page} {text}".encode() for page in pages}
        assert not any(path.is_symlink() for path in (tmp_path / "site").rglob("*"))
        (tmp_path / "site/a/index.html").unlink()
        (tmp_path / "site/a/index.html").symlink_to(tmp_path / "nowhere")
        shutil.rmtree(tmp_path / "site/b")
        for name in ("b", "photos"):
            (tmp_path / "site" / name).symlink_to(elsewhere)
    assert [path.name for path in elsewhere.iterdir()] == ["own.html"]


@pytest.mark.parametrize("relative", [True, False])
def test_what_a_link_leads_to_is_replaced(tmp_path: Path, relative: bool) -> None:
    """The root of a web server, say: what lies there is whole each time, and the link stays."""
    (tmp_path / "web").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project/site").symlink_to(Path("../web") if relative else tmp_path / "web")
    for text in ("1", "2", "3"):
        _publish(tmp_path / "project", "a.html", text=text)
        assert (tmp_path / "project/site").is_symlink()
        assert (tmp_path / "web/a.html").read_text() == f"a.html {text}"


def test_a_file_in_its_place_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").touch()
    for text in ("1", "2", "3"):
        assert _publish(tmp_path, "a.html", text=text) == {"a.html": f"a.html {text}".encode()}


def test_a_kill_between_two_renames_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    rename, left = Path.rename, [1]

    def killed(self: Path, target: Path) -> Path:
        if not left.pop():
            raise KeyboardInterrupt
        return rename(self, target)

    _publish(tmp_path, "a.html", text="1")
    for kill_at in (1, 2):
        left[:] = [0, *[1] * kill_at]
        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", killed)
            with pytest.raises(KeyboardInterrupt):
                _publish(tmp_path, "a.html", text="2")
        Folder(tmp_path / "site", tmp_path / ".cache/staging")  # what the next build begins with
        assert (tmp_path / "site/a.html").read_text() in ("a.html 1", "a.html 2")
        for text in ("3", "1"):
            assert _publish(tmp_path, "a.html", text=text) == {"a.html": f"a.html {text}".encode()}
    assert not (tmp_path / ".cache/staging-aside").exists()
