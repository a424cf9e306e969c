"""Files of an earlier layout are rewritten, and nothing else of them changes."""

from tests.conftest import Project

FILE = "catalogue/organisations/opsterland/sportclub-de-stap.yml"
EARLIER = """\
    # waar de club speelt
    address: # een dorp
      place: Gorredijk # bij de brug
    position:
      latitude: 53.006
      longitude: 6.064
      precision: adres
"""
NOW = """\
    # waar de club speelt
    locations:
      - address: # een dorp
          place: Gorredijk # bij de brug
        position:
          latitude: 53.006
          longitude: 6.064
          precision: adres
"""


def test_an_address_of_an_opportunity_becomes_a_location(project: Project) -> None:
    old, at = project.read(FILE), "    sectors: [sport]\n"
    project.replace(FILE, at, at + EARLIER)
    assert {problem.rpartition(" ")[2] for problem in project.problems()} == {"unknown-field"}
    assert "meedoenkaart migrate" in project.run("check").out
    assert (project.run("migrate", "--dry-run").code, project.read(FILE)) == (0, old.replace(at, at + EARLIER))
    done = project.run("migrate")
    assert (done.code, done.out) == (0, f"{FILE}: omgezet\n")
    assert project.read(FILE) == old.replace(at, at + NOW)
    assert project.problems() == []
    again = project.run("migrate")
    assert (again.code, again.out) == (0, "Elk bestand heeft al de velden van nu.\n")
    assert project.run("format", "--check").code == 0


def test_what_no_program_can_decide_is_told_and_left(project: Project) -> None:
    at = "    sectors: [sport]\n"
    project.replace(FILE, at, at + "    position: {latitude: 53.006, longitude: 6.064, precision: adres}\n")
    before = project.read(FILE)
    done = project.run("migrate")
    assert done.code == 1
    assert done.out.startswith(f"{FILE}:19:5: ")
    assert project.read(FILE) == before


def test_the_budget_of_a_route_becomes_its_first_money(project: Project) -> None:
    route = "routes/smallingerland.yml"
    text = project.read(route)
    before, _, rest = text.partition("money:\n")
    rest = rest[rest.index("breaks_off:") :]
    project.write(route, f"{before}# geld\nbudget:\n  amount: € 10 # klein\n  text: Verzonnen bedrag.\n{rest}")
    assert {problem.rpartition(" ")[2] for problem in project.problems()} == {"unknown-field"}
    assert project.run("migrate").out == f"{route}: omgezet\n"
    now = "# geld\nmoney:\n  - kind: budget\n    amount: € 10 # klein\n    text: Verzonnen bedrag.\n"
    assert project.read(route) == f"{before}{now}{rest}"
    assert project.problems() == []
