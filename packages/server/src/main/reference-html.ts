import { type Operation, operations, type RefusalCode, refusals } from "@foyer/contract";
import { z } from "zod";

/** The contract as a page that people read: generated, with nothing that runs on it. */
export function makeReferencePage(): { readonly html: string; readonly css: string } {
  const groups = Map.groupBy(
    Object.values(operations) as Operation[],
    ({ name }) => name.split(".")[0],
  );
  const nav = [...groups.keys()].map((group) => `<a href="#${group}">${group}</a>`).join("");
  const sections = [...groups]
    .map(([group, all]) => `<h2 id="${group}">${group}</h2>${all.map(section).join("")}`)
    .join("");
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Foyer · API reference</title>
<link rel="stylesheet" href="/v1/reference.css"></head><body><nav>${nav}<a href="#problems">problems</a>
<a href="/v1/openapi.json">openapi.json</a></nav><main><h1>API reference</h1>
<p>Every operation of Foyer, generated from its contract.</p>${sections}
<h2 id="problems">problems</h2><dl>${problems()}</dl></main></body></html>`;
  return { html, css };
}

function section(operation: Operation): string {
  const { name, method, path, summary, params, query, body, output, status } = operation;
  const refused = operation.refusals.map((code) => `<a href="#${code}"><code>${code}</code></a>`);
  return `<article id="${name}"><h3><code>${method} ${escapeHtml(path)}</code></h3>
<p>${escapeHtml(summary)}</p><p><small><code>${name}</code> · ${
    operation.right === null ? "open to everybody" : `needs <code>${operation.right}</code>`
  }</small></p>${shape("In the path", params)}${shape("In the query", query)}${shape("Body", body)}
${output ? shape(`Answer ${status}`, output) : `<p>Answer ${status}, without a body.</p>`}
${refused.length > 0 ? `<p>May refuse: ${refused.join(", ")}</p>` : ""}</article>`;
}

function shape(title: string, schema: z.ZodType | undefined): string {
  if (!schema) return "";
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const text = escapeHtml(JSON.stringify(json, null, 2));
  return `<details><summary>${title}</summary><pre>${text}</pre></details>`;
}

function problems(): string {
  return (Object.keys(refusals) as RefusalCode[])
    .map((code) => {
      const { status, title } = refusals[code];
      return `<dt id="${code}"><code>${code}</code> · ${status}</dt><dd>${escapeHtml(title)}</dd>`;
    })
    .join("");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const css = `
:root {
  color-scheme: light dark;
  --line: light-dark(#e3e0da, #2d2f2d); --text: light-dark(#1d1c1a, #ecebe7);
  --soft: light-dark(#5d5a54, #aaa79f); --ground: light-dark(#fdfcfa, #1c1d1c);
  --accent: light-dark(#1f6b52, #5fbf99);
}
body {
  margin: 0; display: grid; grid-template-columns: 216px minmax(0, 760px); gap: 32px;
  font: 400 15px/24px Inter, system-ui, sans-serif; color: var(--text); background: var(--ground);
}
nav {
  position: sticky; top: 0; box-sizing: border-box; height: 100vh; overflow: auto;
  display: flex; flex-direction: column; padding: 24px 16px; border-right: 1px solid var(--line);
}
nav a { padding: 4px 8px; color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--text); }
main { padding: 24px 16px 96px; }
h1 { font-size: 20px; }
h2 { margin-top: 48px; border-bottom: 1px solid var(--line); }
h3 { margin: 32px 0 4px; font-size: 15px; }
code, pre { font: 13px/20px ui-monospace, monospace; }
pre { overflow: auto; padding: 12px; border: 1px solid var(--line); border-radius: 8px; }
a { color: var(--accent); }
small, summary { color: var(--soft); }
dt { margin-top: 12px; }
dd { margin: 0; }
@media (max-width: 760px) {
  body { display: block; }
  nav { position: static; height: auto; flex-flow: row wrap; }
}
`;
