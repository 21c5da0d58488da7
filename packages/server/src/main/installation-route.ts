import { operations } from "@foyer/contract";
import type { FastifyInstance } from "fastify";
import { demoAgents, demoPassword } from "../modules/demo/index.ts";
import { openRoute } from "../platform/access/index.ts";
import { bindOpenRoutes } from "../platform/http/index.ts";
import type { Log } from "../platform/log.ts";

/** What the sign-in page needs before anybody has signed in: whether there is a demo to try. */
export function bindInstallation(app: FastifyInstance, log: Log, isDemo: boolean): void {
  const accounts = demoAgents.map(({ name, email, role }) => ({ name, email, role }));
  const demo = { password: demoPassword, accounts, simulatorPath: "/simulator/" };
  const route = openRoute(operations.getInstallation, async () => ({ demo: isDemo ? demo : null }));
  bindOpenRoutes(app, { log, isTls: false }, [route]);
}
