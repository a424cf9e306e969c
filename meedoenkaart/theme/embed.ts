import { startFrame } from "./components/embed/frame"
import { OFFERS, showOffers } from "./components/embed/offers"

startFrame(main => void showOffers(main, OFFERS))
