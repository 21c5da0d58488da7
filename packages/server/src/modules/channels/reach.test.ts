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
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.equal(isPrivateAddress(`::ffff:${address}`), isPrivateAddress(address));
    }),
  );
});

test("every address is judged", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const host = address.includes(":") ? `[${address}]` : address;
      assert.equal(isPrivateHost(host), isPrivateAddress(address));
    }),
  );
});
