import type { FastifyRequest } from "fastify";
import { CarrierRefusal } from "./protocol.ts";

/**
 * Closes a route that changes something to pages of other sites: the browser says where a request
 * comes from (W3C Fetch Metadata), and no form can send these types.
 */
export function refuseOtherSites(types: RegExp): (request: FastifyRequest) => Promise<void> {
  return async ({ headers }) => {
    const site = headers["sec-fetch-site"];
    const isOwn = site === undefined || site === "same-origin";
    if (isOwn && types.test(headers["content-type"] ?? "")) return;
    throw new CarrierRefusal("cross_site", "Open the simulator's own page.");
  };
}
