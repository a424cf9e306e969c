from tests.browser.conftest import visit as visit
