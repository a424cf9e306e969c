import { AGENDA } from "./components/embed/agenda"
import { startFrame } from "./components/embed/frame"
import { showOffers } from "./components/embed/offers"

startFrame(main => void showOffers(main, AGENDA))
