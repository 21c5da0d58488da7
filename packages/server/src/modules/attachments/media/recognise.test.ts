import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  exif,
  gif,
  gifExtension,
  gifFrame,
  jpeg,
  jpegSegment,
  pdf,
  png,
  vcard,
  webp,
} from "../../../../test/world/files.ts";
import { readJpeg } from "./jpeg.ts";
import { partsMax } from "./picture.ts";
import { framePixelsMax, pixelsMax, type Recognised, recognise } from "./recognise.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const bytesOf = (written: string) => Buffer.from(written, "latin1");

function taken(bytes: Uint8Array): Extract<Recognised, { kind: "taken" }> {
  const found = recognise(bytes);
  assert.ok(found.kind === "taken", `refused: ${JSON.stringify(found)}`);
  return found;
}

function assertRefused(bytes: Uint8Array, because: "type" | "pixels" = "type"): void {
  assert.deepEqual(recognise(bytes), { kind: "refused", because });
}

const samples: readonly (readonly [string, Uint8Array, number | null, number | null])[] = [
  ["image/jpeg", jpeg(), 3, 2],
  ["image/png", png(), 2, 2],
  ["image/gif", gif(), 2, 3],
  ["image/webp", webp(), 4, 5],
  ["image/webp", webp({ chunks: [] }), 4, 5],
  ["application/pdf", pdf(), null, null],
  ["text/vcard", vcard(), null, null],
];

describe("what a file is, its bytes say", () => {
  for (const [mediaType, bytes, width, height] of samples) {
    test(`${mediaType}, with its size where it is a picture`, () => {
      const found = taken(bytes);
      assert.deepEqual([found.mediaType, found.width, found.height], [mediaType, width, height]);
    });
  }

  test("and a file that has nothing to leave out is kept to the byte", () => {
    for (const [mediaType, bytes] of samples) {
      if (mediaType === "image/webp" && bytes.length > 40) continue;
      assert.ok(Buffer.from(taken(bytes).bytes).equals(bytes), mediaType);
    }
  });

  test("nothing that a browser would run is taken, whatever it calls itself", () => {
    const page = "<!doctype html><script>alert(1)</script>";
    const drawing = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>';
    const others = [
      ...["", " ", page, drawing, "<svg onload=alert(1)>", "MZ\x90\0", "#!/bin/sh\n", "PK\x03\x04"],
      ...["\x7fELF", "GIF89a", "GIF87", "%PDF-", "%PDF-9", "RIFF\0\0\0\0WAVEfmt ", "\xff\xd8"],
      ...["\xff\xd8\xff", "\x89PNG\r\n\x1a\n", `GIF89a=1;/*${page}*/`, "BM", "II*\0"],
      ...[`BEGIN:VCARD\n${page}`, "BEGIN:VCARD\nFN:A\0\nEND:VCARD", `${page}\n%PDF-1.7`],
      ...[` ${text(pdf())}`, `${text(vcard())}${page}`, "BEGIN:VCALENDAR\nEND:VCALENDAR"],
    ];
    for (const other of others) assertRefused(bytesOf(other));
  });

  test("any bytes at all, and any picture that was damaged, are taken or refused in words", () => {
    const starts = samples.map(([, bytes]) => bytes);
    const damaged = fc.tuple(fc.constantFrom(...starts), fc.nat(), fc.uint8Array());
    fc.assert(
      fc.property(damaged, ([bytes, at, other]) => {
        const from = at % (bytes.length + 1);
        const cut = recognise(bytes.subarray(0, from));
        const mixed = Buffer.concat([bytes.subarray(0, from), other, bytes.subarray(from + 1)]);
        for (const found of [cut, recognise(mixed), recognise(other)]) {
          if (found.kind !== "taken") continue;
          // What was kept once is kept again as it is: nothing more is found in it.
          const again = taken(found.bytes);
          assert.ok(Buffer.from(again.bytes).equals(found.bytes));
          assert.deepEqual([again.mediaType, again.width], [found.mediaType, found.width]);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("a picture is kept as a picture and nothing else", () => {
  const secret = "48.8584 N 2.2945 E";
  const page = "<script>alert(1)</script>";
  const loaded: Readonly<Record<string, Uint8Array>> = {
    "Exif, comments and what other programs left in a JPEG": jpeg({
      segments: [
        exif(1, secret),
        jpegSegment(0xe1, bytesOf(`http://ns.adobe.com/xap/1.0/\0${secret}`)),
        jpegSegment(0xed, bytesOf(`Photoshop 3.0\0${secret}`)),
        jpegSegment(0xe2, bytesOf(`MPF\0${secret}`)),
        jpegSegment(0xfe, bytesOf(secret)),
      ],
    }),
    "Exif, texts and unknown chunks in a PNG": png({
      chunks: [
        ["eXIf", secret],
        ["tEXt", `Comment\0${secret}`],
        ["zTXt", secret],
        ["iTXt", secret],
        ["tIME", secret],
        ["prVt", secret],
      ],
    }),
    "comments, texts and other programs' data in a GIF": gif({
      extensions: [
        gifExtension(0xfe, secret),
        gifExtension(0x01, "123456789012", secret),
        gifExtension(0xff, "XMP DataXMP", secret),
      ],
    }),
    "Exif, XMP and unknown chunks in a WebP": webp({
      chunks: [
        ["EXIF", secret],
        ["XMP ", secret],
        ["prVt", secret],
      ],
    }),
  };
  for (const [what, bytes] of Object.entries(loaded)) {
    test(`${what} are left out, with whatever follows its end`, () => {
      assert.ok(text(bytes).includes(secret));
      const kept = text(taken(Buffer.concat([bytes, bytesOf(page)])).bytes);
      assert.ok(!kept.includes(secret));
      assert.ok(!kept.includes(page));
    });
  }

  test("what it looks like stays: colour profile, transparency, movement", () => {
    const profile = "profile of colours";
    const kept = [
      jpeg({ segments: [jpegSegment(0xe2, bytesOf(`ICC_PROFILE\0${profile}`))] }),
      jpeg({ segments: [jpegSegment(0xee, bytesOf(`Adobe${profile}`))] }),
      png({ chunks: [["iCCP", profile]] }),
      png({ chunks: [["tRNS", profile]] }),
      png({ chunks: [["acTL", profile]] }),
      gif({ extensions: [gifExtension(0xff, "NETSCAPE2.0", profile)] }),
      webp({ chunks: [["ICCP", profile]] }),
      webp({ chunks: [["ANMF", "\0".repeat(16) + profile]] }),
    ];
    for (const bytes of kept) assert.ok(text(taken(bytes).bytes).includes(profile));
  });

  test("a WebP no longer announces what was left out", () => {
    const { bytes } = taken(webp({ chunks: [["EXIF", "xx"]] }));
    assert.equal(bytes[20], 0x10);
    assert.equal(Buffer.from(bytes).readUInt32LE(4), bytes.length - 8);
  });

  test("how a phone was held stays, and the size is that of the picture as it is shown", () => {
    for (const order of ["II", "MM"] as const) {
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const found = taken(jpeg({ segments: [exif(orientation, secret, order)] }));
        const isTurned = orientation >= 5;
        assert.deepEqual([found.width, found.height], isTurned ? [2, 3] : [3, 2]);
        assert.equal(text(found.bytes).includes("Exif"), orientation !== 1);
        assert.ok(!text(found.bytes).includes(secret));
      }
    }
  });

  test("an Exif segment that makes no sense turns nothing", () => {
    const broken = ["Exif\0\0", "Exif\0\0MM\0*\xff\xff\xff\xff", "Exif\0\0II*\0\x08\0\0\0\xff\xff"];
    for (const payload of [...broken, "Exif\0\0XX*\0\x08\0\0\0\x01\0", "Exif"]) {
      const found = taken(jpeg({ segments: [jpegSegment(0xe1, bytesOf(payload))] }));
      assert.deepEqual([found.width, found.height], [3, 2]);
    }
  });

  test("a JPEG that was cut on its way is closed where it ends; other pictures are refused", () => {
    const cut = jpeg().subarray(0, -4);
    assert.ok(text(taken(cut).bytes).endsWith("\xff\xd9"));
    for (const bytes of [png(), gif(), webp()]) assertRefused(bytes.subarray(0, -6));
  });
});

describe("a picture that would fill the memory of whoever opens it is refused", () => {
  test("by the pixels that it says it has, however small the file", () => {
    assertRefused(png({ width: 60_000, height: 60_000 }), "pixels");
    assertRefused(png({ width: 0xffffffff, height: 0xffffffff }), "pixels");
    assertRefused(jpeg({ width: 65_535, height: 65_535 }), "pixels");
    assert.equal(taken(png({ width: pixelsMax / 8_000, height: 8_000 })).kind, "taken");
  });

  test("by what its frames have, whatever its canvas says", () => {
    assertRefused(gif({ extensions: [gifFrame({ width: 65_535, height: 65_535 })] }));
    assertRefused(gif({ extensions: [gifFrame({ left: 1, width: 2, height: 3 })] }));
    assertRefused(gif({ extensions: [gifFrame({ top: 1, width: 2, height: 3 })] }));
    assert.equal(taken(gif({ extensions: [gifFrame({ left: 1, width: 1, height: 3 })] })).width, 2);
    assertRefused(webp({ width: 3, chunks: [] }));
    assertRefused(webp({ height: 6, chunks: [] }));
  });

  test("by the pixels of all its frames together", () => {
    const side = 8_000;
    const count = framePixelsMax / side ** 2;
    const frames = (more: number) =>
      Array.from({ length: count + more }, () => gifFrame({ width: side, height: side }));
    const [width, height] = [side, side];
    assertRefused(gif({ width, height, extensions: frames(0) }), "pixels");
    assert.equal(taken(gif({ width, height, extensions: frames(-1) })).width, side);
    const control = `\0\0\0\0${"\0\xff\xff\xff".repeat(2)}${"\0".repeat(14)}`;
    assertRefused(png({ chunks: [["fcTL", control]] }), "pixels");
    assertRefused(png({ chunks: [["fcTL", "short"]] }));
    const frame = `${"\0".repeat(6)}${"\xff".repeat(6)}${"\0".repeat(4)}`;
    assertRefused(webp({ chunks: [["ANMF", frame]] }), "pixels");
    assertRefused(webp({ chunks: [["ANMF", "short"]] }));
  });

  test("and one without any pixel is no picture", () => {
    assertRefused(png({ width: 0, height: 10 }));
    assertRefused(jpeg({ width: 10, height: 0 }));
  });
});

describe("a file of very many parts is refused, however small each of them", () => {
  const many = <Part>(part: Part, count: number) => Array.from({ length: count }, () => part);
  const files: Readonly<Record<string, (count: number) => Uint8Array>> = {
    "JPEG of scans": (count) => jpeg({ segments: many(jpegSegment(0xda, bytesOf("")), count) }),
    "JPEG of comments": (count) => jpeg({ segments: many(jpegSegment(0xfe, bytesOf("")), count) }),
    "PNG of data": (count) => png({ chunks: many(["IDAT", ""] as const, count) }),
    "PNG of comments": (count) => png({ chunks: many(["tEXt", ""] as const, count) }),
    "GIF of frames": (count) => gif({ extensions: many(gifFrame({ width: 1, height: 1 }), count) }),
    "GIF of comments": (count) => gif({ extensions: many(gifExtension(0xfe, "a"), count) }),
    "WebP of profiles": (count) => webp({ chunks: many(["ICCP", ""] as const, count) }),
    "WebP of notes": (count) => webp({ chunks: many(["note", ""] as const, count) }),
  };
  for (const [name, of] of Object.entries(files)) {
    test(`a ${name}`, () => {
      assert.equal(recognise(of(partsMax)).kind, "refused");
      assert.equal(recognise(of(partsMax - 10)).kind, "taken");
    });
  }

  test("and what is kept of a JPEG are views of it, none of its bytes once more", () => {
    const bytes = jpeg({ segments: many(jpegSegment(0xda, bytesOf("abc")), 100) });
    const copies = readJpeg(bytes).parts.filter(({ buffer }) => buffer !== bytes.buffer);
    // Its first and last marker are written anew.
    assert.equal(copies.length, 2);
  });
});
