export type { Caller } from "./caller.ts";
export type { Exchange } from "./exchange.ts";
export {
  openStream,
  type StreamContext,
  type StreamRoute,
  type StreamSink,
  streamRoute,
} from "./stream-route.ts";
export {
  type Context,
  type OpenRoute,
  openRoute,
  type Route,
  route,
} from "./use-case.ts";
