import { type LookupAddress, lookup } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { FetchedMedia } from "../../ports.ts";
import { isPrivateAddress, isPrivateHost, reachOf } from "../../reach.ts";
import { authorizationOf, type TwilioAccount } from "./account.ts";

/** The provider sends us on once, to where it keeps its files. */
const redirectsMax = 4;

/** Where media may be fetched from, and how much of it. */
export interface MediaSource {
  readonly account: TwilioAccount;
  readonly baseUrl: string;
  readonly bytesMax: number;
  readonly lookUpHost?: typeof lookup;
}

/**
 * Fetches what a guest's message brought: from the API's own origin and from where that sends us.
 * The credentials go to that origin only; on the way no address of a private network is called,
 * unless the API itself stands in one.
 */
export async function fetchMedia(
  source: MediaSource,
  given: string,
  signal: AbortSignal,
): Promise<FetchedMedia> {
  let url = URL.parse(given);
  if (!url || url.origin !== source.baseUrl) return { kind: "gone" };
  try {
    for (let hop = 0; hop <= redirectsMax; hop += 1) {
      if (!mayCall(source.baseUrl, url)) return { kind: "gone" };
      const response = await get(source, url, signal);
      const next = redirectOf(response, url);
      if (next === undefined) return await judge(source, response);
      response.destroy();
      url = next;
    }
    return { kind: "gone" };
  } catch (error) {
    return error instanceof PrivateAddress ? { kind: "gone" } : { kind: "later" };
  }
}

/** An installation whose API stands on its own network may be sent to others on it. */
function isPublic(baseUrl: string): boolean {
  return reachOf(baseUrl) === "reachable";
}

/** Whether an API at that base may send us to an address, as far as the address itself tells. */
export function mayCall(baseUrl: string, { protocol, hostname }: URL): boolean {
  if (!isPublic(baseUrl)) return protocol === "https:" || protocol === "http:";
  return protocol === "https:" && !isPrivateHost(hostname);
}

function get(source: MediaSource, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const isTheirs = url.origin === source.baseUrl;
  const { request } = url.protocol === "https:" ? https : http;
  // Name and password in an address would be sent as credentials.
  const target = new URL(url.href);
  target.username = "";
  target.password = "";
  return new Promise((resolve, reject) => {
    request(target, {
      headers: isTheirs ? { authorization: authorizationOf(source.account) } : {},
      // A connection of its own, so that its address is looked up, and judged, here.
      agent: false,
      lookup: isPublic(source.baseUrl) ? publicLookup(source.lookUpHost ?? lookup) : lookup,
      signal,
    })
      .on("response", resolve)
      .on("error", reject)
      .end();
  });
}

/** A name that leads to a private address is refused where it is resolved, so nobody can switch. */
function publicLookup(resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error("The name leads nowhere"), "");
      if (addresses.some(({ address }) => isPrivateAddress(address))) {
        return callback(new PrivateAddress(), "");
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

class PrivateAddress extends Error {
  override readonly name = "PrivateAddress";
}

/** Where a redirect leads; undefined for an answer that is none. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return undefined;
  return URL.parse(headers.location, from.href) ?? undefined;
}

/** What is not there may not be there yet: media appear a moment after the message. */
async function judge(source: MediaSource, response: IncomingMessage): Promise<FetchedMedia> {
  const { statusCode = 0 } = response;
  if (statusCode >= 200 && statusCode < 300) return read(response, source.bytesMax);
  response.destroy();
  const isForGood = statusCode === 410 || (statusCode >= 300 && statusCode < 400);
  return { kind: isForGood ? "gone" : "later" };
}

async function read(response: IncomingMessage, bytesMax: number): Promise<FetchedMedia> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop destroys the connection.
    if (bytes > bytesMax) return { kind: "gone" };
    chunks.push(chunk);
  }
  return { kind: "got", bytes: Buffer.concat(chunks) };
}
