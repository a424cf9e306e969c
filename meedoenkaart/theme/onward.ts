import { startOnward } from "./components/onward/onward"

void startOnward(document)
