import { explainTerms } from "./components/begrip/begrip"
import { traceRoutes } from "./components/route/trace"
import { chooseScheme } from "./components/scheme/scheme"
import { openSearch } from "./components/search/search"

explainTerms(document)
chooseScheme(document)
openSearch(document)
traceRoutes(document)
