import { startCompare } from "./components/compare/compare"
import { startTable } from "./components/compare/table"

startTable(document)
startCompare(document)
