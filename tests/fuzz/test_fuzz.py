"""Short fuzzing in every test run, the same examples each time; the limits of time and memory hold for monsters too."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from meedoenkaart.reading.documents import COLLECTIONS
from tests.conftest import MINIMAL, ROOT
from tests.fuzz.near_valid import near_valid
from tests.fuzz.target import FILES, collection_of, try_file
from tests.test_robustness import MONSTERS, nasty, patient

MOST_MEGABYTES = 200
_CONTENTS = {file: (MINIMAL / file).read_bytes() for file in FILES}
_READ_ALL = """
import json, resource, sys, time
from pathlib import Path
from tests.fuzz.target import FILES, try_file
try_file(FILES[0], b"name: x")  # everything is loaded now
pages = int(Path("/proc/self/statm").read_text().split()[0])
limit = pages * resource.getpagesize() + int(sys.argv[2]) * 1_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for text in json.loads(Path(sys.argv[1]).read_text()):
    try_file(FILES[0], text.encode("utf-8", "surrogatepass"))
"""


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, bytes]:
    """A real file with some of its bytes taken out, doubled or replaced by something nasty."""
    file = draw(st.sampled_from(FILES))
    data = bytearray(_CONTENTS[file])
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        piece = draw(
            st.binary(max_size=6)
            | nasty.map(lambda text: text.encode("utf-8", "surrogatepass"))
            | st.just(bytes(data[start:end]) * 2)
        )
        data[start:end] = piece
    return file, bytes(data)


@patient
@given(st.sampled_from(FILES), st.binary(max_size=300))
def test_any_bytes_give_problems_or_records(file: str, data: bytes) -> None:
    try_file(file, data)


@settings(patient, max_examples=300)
@given(changed())
def test_a_changed_file_gives_problems_or_records(one: tuple[str, bytes]) -> None:
    try_file(*one)


def test_a_record_that_is_nearly_right_gives_problems_or_a_catalogue() -> None:
    found = Counter[tuple[str, bool]]()

    @settings(patient, max_examples=400, derandomize=True)  # whether one is right would be left to chance
    @given(near_valid())
    def every(one: tuple[str, bytes]) -> None:
        found[collection_of(one[0]), try_file(*one)] += 1

    every()
    assert {collection for collection, _ in found} == {one.name for one in COLLECTIONS}
    for collection in ("organisations", "reception", "routes"):
        assert found[collection, True], f"nothing that was built became a catalogue with {collection}"
        assert found[collection, False]


def test_no_file_takes_more_than_its_time_and_memory(tmp_path: Path) -> None:
    """Each within two seconds (the target's own limit), all with no more memory than one may take."""
    list_ = tmp_path / "files.json"
    list_.write_text(json.dumps([*MONSTERS.values(), "description: " + "lang " * 1_000_000]))
    command = [sys.executable, "-c", _READ_ALL, str(list_), str(MOST_MEGABYTES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
