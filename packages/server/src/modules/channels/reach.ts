import { BlockList, isIP } from "node:net";

/** Who can reach an address of ours from the internet; where nobody can, why. */
export type Reach = "reachable" | "loopback" | "private_network" | "not_encrypted";

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
const loopback = listOf(["127.0.0.0/8", "::1/128"]);

/** Addresses that no host on the internet has (RFC 6890 and its registries). */
const unrouted = listOf([
  "0.0.0.0/8",
  "10.0.0.0/8",
  // Shared address space: what lies behind a carrier's own translation (RFC 6598).
  "100.64.0.0/10",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  // Discard-only (RFC 6666), local translation (RFC 8215), documentation (RFC 3849, RFC 9637).
  "100::/64",
  "64:ff9b:1::/48",
  "2001:db8::/32",
  "3fff::/20",
  // Unique local (RFC 4193), link-local, site-local, multicast.
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
]);

/** Prefixes behind which an IPv4 address stands in the last 32 bits. */
const carriersOfIpv4 = listOf(["::ffff:0:0/96", "64:ff9b::/96", "::/96"]);
/** Behind 6to4's prefix the IPv4 address of its router stands in the next 32 bits (RFC 3056 §2). */
const sixToFour = listOf(["2002::/16"]);
/** Teredo's server in the second 32 bits, its client in the last, inverted (RFC 4380 §4). */
const teredo = listOf(["2001::/32"]);

/** Names that only a local network answers (RFC 6762, RFC 8375, RFC 6761, and ICANN's choice). */
const localEndings = [".local", ".home.arpa", ".internal", ".lan", ".home", ".test", ".invalid"];

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    list.addSubnet(address, Number(bits), address.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}

/** Whether a provider on the internet could call an origin, as far as its name tells. */
export function reachOf(origin: string): Reach {
  const { protocol, hostname } = new URL(origin);
  const host = bare(hostname);
  if (host === "localhost" || host.endsWith(".localhost")) return "loopback";
  if (isIP(host) !== 0) {
    if (isIn(loopback, host)) return "loopback";
    if (isPrivateAddress(host)) return "private_network";
  } else if (isLocalName(host)) return "private_network";
  return protocol === "https:" ? "reachable" : "not_encrypted";
}

/** Whether an IP address is none that the internet routes: this machine, a network of its own. */
export function isPrivateAddress(address: string): boolean {
  return isIn(loopback, address) || isIn(unrouted, address) || hidesPrivate(address);
}

/** Whether a host in a URL is private by its own looks; what a name resolves to is not asked. */
export function isPrivateHost(hostname: string): boolean {
  return reachOf(`https://${hostname}`) !== "reachable";
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** An IPv6 address that carries IPv4 addresses is as private as any of them. */
function hidesPrivate(address: string): boolean {
  return isIP(address) === 6 && carriedBy(address).some(isPrivateAddress);
}

function carriedBy(address: string): string[] {
  if (isIn(sixToFour, address)) return [ipv4Of(address, 1)];
  if (isIn(teredo, address)) return [ipv4Of(address, 2), ipv4Of(address, 6, 0xffff)];
  return isIn(carriersOfIpv4, address) ? [ipv4Of(address, 6)] : [];
}

/** The IPv4 address in two of the eight groups of an IPv6 address, from one on. */
function ipv4Of(address: string, from: number, invertedBits = 0): string {
  // The URL standard writes the groups in hexadecimal, the last two as well.
  const { hostname } = new URL(`http://[${address}]`);
  const [before = "", after] = hostname.slice(1, -1).split("::");
  const [start, end] = [groupsIn(before), groupsIn(after ?? "")];
  const zeros = Array.from({ length: 8 - start.length - end.length }, () => 0);
  const groups = [...start, ...zeros, ...end].slice(from, from + 2);
  return groups
    .map((group) => group ^ invertedBits)
    .flatMap((group) => [group >> 8, group & 255])
    .join(".");
}

function groupsIn(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

function isLocalName(host: string): boolean {
  return !host.includes(".") || localEndings.some((ending) => host.endsWith(ending));
}

function bare(hostname: string): string {
  return hostname
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();
}
