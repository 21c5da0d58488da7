import { describeBus } from "../../test/conformance/bus.ts";
import { createProcessBus } from "./bus.ts";

describeBus("in this process", createProcessBus);
