import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

export interface PageFile {
  /** Path relative to the page. */
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

const folder = new URL("../page/", import.meta.url);

const scripts = [
  "main.ts",
  "address.ts",
  "attachments.ts",
  "banner.ts",
  "client.ts",
  "composer.ts",
  "element.ts",
  "format.ts",
  "guests.ts",
  "layout.ts",
  "media-view.ts",
  "message-row.ts",
  "outbox.ts",
  "picture.ts",
  "reaction-bar.ts",
  "settings.ts",
  "stream.ts",
  "thread.ts",
  "viewer.ts",
] as const;
const styles = [
  "tokens.css",
  "thread.css",
  "media.css",
  "composer.css",
  "phone.css",
  "frame.css",
  "panels.css",
  "switches.css",
  "sheet.css",
] as const;

/**
 * The page's files, read once. TypeScript loses its types here and keeps its file names, so the
 * imports between the modules are the same in the editor and in the browser.
 *
 * @param fontFile Path of a variable WOFF2 font; the system's font stands in without one.
 */
export function readPageFiles(fontFile: string | undefined): PageFile[] {
  const files = scripts.map((name) => file(`page/${name}`, "text/javascript", script(name)));
  files.push(file("", "text/html", read("index.html")));
  for (const name of styles) {
    files.push(file(`page/${name}`, "text/css", read(name)));
  }
  files.push(file("page/icon.svg", "image/svg+xml", read("icon.svg")));
  const fontFace = fontFile === undefined ? Buffer.alloc(0) : read("font.css");
  files.push(file("page/font.css", "text/css", fontFace));
  if (fontFile === undefined) return files;
  return [...files, file("page/font.woff2", "font/woff2", readFileSync(fontFile))];
}

function script(name: string): Buffer {
  return Buffer.from(stripTypeScriptTypes(read(name).toString("utf8")));
}

function read(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}

function file(path: string, mediaType: string, body: Buffer): PageFile {
  const type = mediaType.startsWith("font/") ? mediaType : `${mediaType}; charset=utf-8`;
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  return { path, type, body, etag };
}
