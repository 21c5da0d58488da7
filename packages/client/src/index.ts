export type { CallOptions, Client, ClientOptions, FileBytes } from "./client.ts";
export { createClient, urlOf } from "./client.ts";
export { Refused, Unreachable } from "./failure.ts";
export { readStreamEvent } from "./stream.ts";
