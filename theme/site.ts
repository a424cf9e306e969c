import { explainTerms } from "./components/begrip/begrip"
import { chooseScheme } from "./components/scheme/scheme"
import { openSearch } from "./components/search/search"

explainTerms(document)
chooseScheme(document)
openSearch(document)
