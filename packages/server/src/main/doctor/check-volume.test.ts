import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { findVolumeEncryption, volumeProbe } from "./check-volume.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-volume-"));
after(() => rmSync(root, { recursive: true }));

/** A system's `/proc` and `/sys`: files by path; a value that begins with `->` is a link. */
function makeSystem(mounts: readonly string[], files: Readonly<Record<string, string>>): string {
  const system = mkdtempSync(join(root, "one-"));
  const all = { "proc/self/mountinfo": `${mounts.join("\n")}\n`, ...files };
  for (const [path, content] of Object.entries(all)) {
    const file = join(system, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content.startsWith("->")) symlinkSync(content.slice(2), file);
    else writeFileSync(file, content);
  }
  return system;
}

const rootOnDisk = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw";
const disk = { "sys/dev/block/254:0/size": "1" };

describe("doctor finds of the volume", () => {
  test("that nothing in this machine encrypts a plain disk", async () => {
    const system = makeSystem([rootOnDisk], disk);
    assert.equal(await findVolumeEncryption("/var/lib/foyer", system), "none-seen");
  });

  test("that dm-crypt encrypts it, also beneath other layers", async () => {
    const system = makeSystem(
      [rootOnDisk, "30 22 253:1 / /var/lib rw - xfs /dev/mapper/vg-data rw"],
      {
        ...disk,
        "sys/dev/block/253:1/dm/uuid": "LVM-abc",
        "sys/dev/block/253:1/slaves/dm-0": "->../../253:0",
        "sys/dev/block/253:0/dm/uuid": "CRYPT-LUKS2-abc",
        "sys/dev/block/253:0/slaves/sda": "->../../254:0",
      },
    );
    assert.equal(await findVolumeEncryption("/var/lib/foyer", system), "encrypted");
    assert.equal(await findVolumeEncryption("/var/library", system), "none-seen");
  });

  test("that a stack with one plain leg is not encrypted", async () => {
    const system = makeSystem(["30 1 9:0 / / rw - ext4 /dev/md0 rw"], {
      "sys/dev/block/9:0/slaves/dm-0/dm/uuid": "CRYPT-LUKS2-abc",
      "sys/dev/block/9:0/slaves/sdb/size": "1",
    });
    assert.equal(await findVolumeEncryption("/home", system), "none-seen");
  });

  test("the device of a file system without a number of its own", async () => {
    const files = {
      "sys/class/block/dm-3/dm/name": "safe\n",
      "sys/class/block/dm-3/dm/uuid": "CRYPT-LUKS2-abc",
      "sys/class/block/sdb1/size": "1",
    };
    const mounts = [
      "30 1 0:31 /@ / rw - btrfs /dev/mapper/safe rw",
      "31 1 0:32 / /with\\040space rw - btrfs /dev/sdb1 rw",
    ];
    const system = makeSystem(mounts, files);
    assert.equal(await findVolumeEncryption("/home", system), "encrypted");
    assert.equal(await findVolumeEncryption("/with space/x", system), "none-seen");
  });

  test("what hides beneath a later mount at the same point does not count", async () => {
    const system = makeSystem([rootOnDisk, "40 22 0:50 / / rw - tmpfs tmpfs rw"], disk);
    assert.equal(await findVolumeEncryption("/srv", system), "memory");
  });

  test("honestly that it could not be found out", async () => {
    const overlay = makeSystem(["30 1 0:40 / / rw - overlay overlay rw"], {});
    assert.equal(await findVolumeEncryption("/srv", overlay), "unknown");
    assert.equal(await findVolumeEncryption("/srv", makeSystem([], {})), "unknown");
    const found = await volumeProbe("/srv", "darwin").check();
    assert.equal(found.state, "warning");
    assert.match(found.mend ?? "", /fdesetup/);
  });
});
