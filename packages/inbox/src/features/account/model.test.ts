import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceName } from "./model.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test("a browser is called as people call it, not as it names itself", () => {
  const named = (text: string) => deviceName(text, "Another device");
  const windows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`;
  assert.equal(named(`${windows} Chrome/140.0.0.0 Safari/537.36`), "Chrome on Windows");
  assert.equal(named(`${windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`), "Edge on Windows");
  const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)";
  assert.equal(named(`${phone} ${webkit} Version/19.0 Mobile Safari/604.1`), "Safari on iPhone");
  const linux = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  assert.equal(named(linux), "Firefox on Linux");
});

test("what is not known is not guessed", () => {
  assert.equal(deviceName("curl/8.0", "Another device"), "Another device");
  assert.equal(deviceName("", "Another device"), "Another device");
});
