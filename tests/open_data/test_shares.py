"""What organisations add to files that tell of all, as it lies on the disk between builds."""

from pathlib import Path

import pytest

from meedoenkaart.open_data.shares import Shared, Shares, are_whole


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"{")])
def test_what_a_disk_lost_is_made_anew(tmp_path: Path, spoil: object) -> None:
    shares, folder = Shares(), tmp_path / "some"
    shares.lines["organisation"] += [b"{}", b"[]"]
    shares.rows["organisation"] += [["a", "b"]]
    assert not are_whole(folder)
    shares.write(folder)
    assert are_whole(folder)
    assert callable(spoil)
    spoil(folder / "organisation.lines")
    assert not are_whole(folder)
    shares.write(folder)
    assert are_whole(folder)
    assert [*Shared([folder]).lines("organisation")] == [b"{}", b"[]"]
