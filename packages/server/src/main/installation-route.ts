import { operations } from "@foyer/contract";
import type { FastifyInstance } from "fastify";
import { demoAgents, demoPassword } from "../modules/demo/index.ts";
import { openRoute } from "../platform/access/index.ts";
import { bindOpenRoutes } from "../platform/http/index.ts";
import type { Assembly } from "./assemble.ts";

/** What the sign-in page needs before anybody has signed in: what there is to try, and to begin. */
export function bindInstallation(
  app: FastifyInstance,
  { log, mayStartHotel }: Pick<Assembly, "log" | "mayStartHotel">,
  isDemo: boolean,
): void {
  // One door for each role: a second agent at the desk is there to be seen at work.
  const doors = demoAgents.filter(
    ({ role }, at) => demoAgents.findIndex((agent) => agent.role === role) === at,
  );
  const accounts = doors.map(({ name, email, role }) => ({ name, email, role }));
  const demo = { password: demoPassword, accounts, simulatorPath: "/simulator/" };
  const route = openRoute(operations.getInstallation, async () => ({
    mayStartHotel: await mayStartHotel(),
    demo: isDemo ? demo : null,
  }));
  bindOpenRoutes(app, { log, isTls: false }, [route]);
}
