export { type BindParts, bindOpenRoutes, bindRoutes, type Routes } from "./bind.ts";
export { framedPolicy } from "./headers.ts";
export { refusalFor, sendProblem } from "./problem.ts";
export { createHttpServer, type HttpServerOptions, isTlsEnded } from "./server.ts";
