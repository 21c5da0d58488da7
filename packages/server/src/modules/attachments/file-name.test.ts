import assert from "node:assert/strict";
import { test } from "node:test";
import { attachmentMediaTypes } from "@foyer/contract";
import fc from "fast-check";
import { contentDisposition, safeFileName } from "./file-name.ts";

test("a name keeps its ending where that is what the file is, and gets it where not", () => {
  assert.equal(safeFileName("Lamp broken.JPEG", "image/jpeg"), "Lamp broken.jpeg");
  assert.equal(safeFileName("menu.pdf", "application/pdf"), "menu.pdf");
  assert.equal(safeFileName("menu.pdf.exe", "application/pdf"), "menu.pdf.exe.pdf");
  assert.equal(safeFileName("page.html", "image/png"), "page.html.png");
  assert.equal(safeFileName("", "text/vcard"), "attachment.vcf");
  assert.equal(safeFileName(".pdf", "application/pdf"), "pdf.pdf");
});

test("a name leads to no folder and shows what it is", () => {
  assert.equal(safeFileName("../../etc/passwd", "application/pdf"), "_.._etc_passwd.pdf");
  assert.equal(safeFileName("C:\\a\\b.png", "image/png"), "C__a_b.png");
  assert.equal(safeFileName("gnp\u202efdp.exe", "image/png"), "gnpfdp.exe.png");
  assert.equal(safeFileName("a\r\nset-cookie: b.gif", "image/gif"), "aset-cookie_ b.gif");
  assert.equal(safeFileName("x".repeat(500), "image/gif").length, 124);
});

test("whatever the name, the header is one line of ASCII that says both names once", () => {
  const mediaTypes = fc.constantFrom(...attachmentMediaTypes);
  const names = fc.string({ unit: "binary", maxLength: 300 });
  fc.assert(
    fc.property(names, mediaTypes, (name, mediaType) => {
      const header = contentDisposition("attachment", name, mediaType);
      assert.match(
        header,
        /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.!~%-]+$/,
      );
      const safe = safeFileName(name, mediaType);
      assert.equal(decodeURIComponent(header.slice(header.indexOf("''") + 2)), safe);
      assert.equal(safeFileName(safe, mediaType), safe);
      assert.doesNotMatch(safe, /[/\\]|^\.|\p{Cc}/u);
    }),
  );
});

test("a name in any writing is kept for whoever reads UTF-8", () => {
  const header = contentDisposition("inline", "Frühstück – 朝食.png", "image/png");
  assert.ok(header.startsWith('inline; filename="Fruhstuck.png"; '));
  assert.ok(header.endsWith(`filename*=UTF-8''${encodeURIComponent("Frühstück – 朝食.png")}`));
});
