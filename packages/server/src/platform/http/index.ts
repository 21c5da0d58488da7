export { bindOpenRoutes, bindRoutes } from "./bind.ts";
export { loopbackHosts } from "./own-hosts.ts";
export { refusalFor, sendProblem } from "./problem.ts";
export { createHttpServer, type HttpServerOptions, isTlsEnded } from "./server.ts";
