import { startFinder } from "./components/finder/finder"

void startFinder(document)
