import { describeQueue } from "../../../test/conformance/queue.ts";
import { createProcessQueue } from "./queue.ts";

describeQueue("in this process", createProcessQueue);
