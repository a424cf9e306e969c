import { readAloud } from "./components/aloud/aloud"
import { prepareCalendars } from "./components/calendar/prepare"
import { explainTerms } from "./components/begrip/begrip"
import { switchLanguages } from "./components/languages/languages"
import { prepareMap } from "./components/map/prepare"
import { prepareOffline } from "./components/offline/line"
import { printAddress } from "./components/page/printed"
import { foldSteps } from "./components/route/fold"
import { traceRoutes } from "./components/route/trace"
import { chooseScheme } from "./components/scheme/scheme"
import { openSearch } from "./components/search/search"
import { rememberReception } from "./components/shortlist/reception"
import { keepOpportunities } from "./components/shortlist/shortlist"
import { renewTimes } from "./components/when/next"
import { load } from "./lazy"

explainTerms(document)
switchLanguages(document)
readAloud(document)
chooseScheme(document)
openSearch(document)
traceRoutes(document)
foldSteps(document)
prepareMap(document)
rememberReception(document)
renewTimes(document)
prepareCalendars(document)
printAddress(document)
prepareOffline(document)
const list = keepOpportunities(document)
const shortlist = document.querySelector<HTMLElement>(".shortlist")
if (list && shortlist)
  void load<typeof import("./components/sheet/sheet")>("sheet").then(({ showShortlist }) => showShortlist(shortlist, list))
const handover = document.querySelector<HTMLElement>(".handover")
if (list && handover)
  void load<typeof import("./components/handover/handover")>("handover").then(({ showHandover }) => showHandover(handover, list))
const tasks = document.querySelector<HTMLElement>(".tasks[data-questions]")
if (tasks) void load<typeof import("./components/tasks/tasks")>("tasks").then(({ answerQuestions }) => answerQuestions(tasks))
const choices = document.querySelector<HTMLElement>(".remembered")
if (choices) void load<typeof import("./components/choices/choose")>("choose").then(({ choose }) => choose(choices))
const offline = document.querySelector<HTMLElement>(".offline")
if (offline) void load<typeof import("./components/offline/offline")>("offline").then(({ showOffline }) => showOffline(offline))
