import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPrivateAddress, isPrivateHost, reachOf } from "./reach.ts";

test("an address of the settings says whether a provider can reach it", () => {
  const cases = {
    reachable: [
      "https://inbox.hotel.example",
      "https://inbox.hotel.example:8443",
      "https://8.8.8.8",
      "https://100.63.255.255",
      "https://172.32.0.1",
      "https://[2606:4700::1111]",
      "https://local.hotel.example",
    ],
    loopback: [
      "http://127.0.0.1:4000",
      "http://localhost:4000",
      "https://LOCALHOST.",
      "http://foyer.localhost",
      "http://[::1]:4000",
      "http://127.9.9.9",
      "https://[::ffff:127.0.0.1]",
    ],
    private_network: [
      "https://10.0.0.4",
      "https://172.16.0.1",
      "https://192.168.178.20",
      "https://169.254.1.1",
      "https://100.64.0.1",
      "https://100.127.255.254",
      "https://0.0.0.0",
      "https://[fd12:3456::1]",
      "https://[fe80::1]",
      "https://[::ffff:192.168.0.1]",
      "https://[64:ff9b::10.0.0.1]",
      "https://[2002:a9fe:a9fe::]",
      "https://[2002:7f00:1::1]",
      "https://[2002:c0a8:0:1:2:3:4:5]",
      "https://[2001:0:a9fe:a9fe::f7f7:f7f7]",
      "https://[2001:0:808:808::f5ff:fffe]",
      "https://frontdesk.local",
      "https://frontdesk.local.",
      "https://foyer.home.arpa",
      "https://foyer.internal",
      "https://frontdesk",
    ],
    not_encrypted: ["http://inbox.hotel.example", "http://8.8.8.8:8080"],
  } as const;
  for (const [reach, origins] of Object.entries(cases)) {
    for (const origin of origins) assert.equal(reachOf(origin), reach, origin);
  }
});

test("an IPv6 address that carries an IPv4 address is as private as that one", () => {
  assert.equal(isPrivateAddress("::ffff:8.8.8.8"), false);
  assert.equal(isPrivateAddress("64:ff9b::8.8.8.8"), false);
  assert.equal(isPrivateAddress("2002:808:808::1"), false);
  assert.equal(isPrivateAddress("2001:0:808:808::f7f7:f7f7"), false);
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const isPrivate = isPrivateAddress(address);
      const groups = groupsOf(address);
      const inverted = groupsOf(address, 0xff);
      assert.equal(isPrivateAddress(`::ffff:${address}`), isPrivate);
      assert.equal(isPrivateAddress(`2002:${groups}::`), isPrivate);
      assert.equal(isPrivateAddress(`2001:0:${groups}::f7f7:f7f7`), isPrivate);
      assert.equal(isPrivateAddress(`2001:0:808:808::${inverted}`), isPrivate);
    }),
  );
});

/** The bytes of an IPv4 address as two groups of an IPv6 one, some bits of each turned over. */
function groupsOf(address: string, turned = 0): string {
  const bytes = Uint8Array.from(address.split("."), (byte) => Number(byte) ^ turned);
  return Buffer.from(bytes).toString("hex").replace(/^..../, "$&:");
}

test("every address is judged", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const host = address.includes(":") ? `[${address}]` : address;
      assert.equal(isPrivateHost(host), isPrivateAddress(address));
    }),
  );
});
