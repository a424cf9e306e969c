"""GitHub's REST interface, as far as the workflows need it; only the standard library."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

MOST_PAGES = 20


class Api:
    """Speaks for one repository with the token of the run."""

    def __init__(self) -> None:
        """Take address, repository and token from the environment."""
        self.repository = os.environ["GITHUB_REPOSITORY"]
        self._url = os.environ.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")
        self._token = os.environ["GITHUB_TOKEN"]

    def get(self, path: str, missing: Any = None) -> Any:
        """Return what lies below the repository at ``path``; ``missing`` when there is nothing."""
        try:
            return self._ask("GET", path)
        except urllib.error.HTTPError as answer:
            if answer.code == 404:
                return missing
            raise

    def each(self, path: str) -> Iterator[Any]:
        """Yield the items of a list, page by page."""
        joint = "&" if "?" in path else "?"
        for page in range(1, MOST_PAGES + 1):
            found = self.get(f"{path}{joint}per_page=100&page={page}", [])
            yield from found
            if len(found) < 100:
                return

    def post(self, path: str, **values: Any) -> Any:
        """Make something."""
        return self._ask("POST", path, values)

    def patch(self, path: str, **values: Any) -> Any:
        """Change something."""
        return self._ask("PATCH", path, values)

    def _ask(self, method: str, path: str, values: Any = None) -> Any:
        request = urllib.request.Request(  # noqa: S310  # the address that the run was given
            f"{self._url}/repos/{self.repository}/{path}".rstrip("/"),
            method=method,
            data=None if values is None else json.dumps(values).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310  # as above
            data = response.read()
        return json.loads(data) if data else None
