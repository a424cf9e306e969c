import { startAgenda } from "./components/agenda/agenda"

void startAgenda(document)
