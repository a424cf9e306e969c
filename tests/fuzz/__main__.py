"""The longer job: ``python -m tests.fuzz [seconds]`` with atheris, which looks for bytes that reach new code."""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["meedoenkaart"]):
    from tests.fuzz.target import FILES, try_file

from tests.conftest import MINIMAL, ROOT

CORPUS = ROOT / ".cache/fuzz"


def _one(data: bytes) -> None:
    """Let the first byte choose the kind of file."""
    if data:
        try_file(FILES[data[0] % len(FILES)], data[1:])


def main() -> None:
    """Start from the real files, and go on where the last run stopped; a failing input is kept beside them."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "600"
    found = CORPUS / "found"
    found.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(FILES):
        for root in (MINIMAL, ROOT):
            source = Path(root / file)
            if source.is_file():
                (found / f"{root.name}-{number}").write_bytes(bytes([number]) + source.read_bytes())
    limits = [f"-max_total_time={seconds}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=1000"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={CORPUS}/", str(found)], _one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
