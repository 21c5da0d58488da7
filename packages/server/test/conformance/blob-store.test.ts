import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileBlobStore } from "../../src/platform/blobs/file-blob-store.ts";
import { describeBlobStore } from "./blob-store.ts";

describeBlobStore("files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-blobs-"));
  return {
    blobs: openFileBlobStore(join(folder, "blobs")),
    close: async () => rmSync(folder, { recursive: true }),
  };
});
