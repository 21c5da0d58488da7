import { styleText } from "node:util";
import type { ProbeState } from "../house.ts";
import type { Finding } from "./examine.ts";

const colours = { good: "green", warning: "yellow", bad: "red" } as const;
const stateColumns = "warning".length;
const worstFirst: readonly ProbeState[] = ["bad", "warning", "good"];

/** The findings as a table, worst last so that they stand where the eye is: at the prompt. */
export function describeFindings(findings: readonly Finding[], isColoured: boolean): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const margin = " ".repeat(stateColumns + width + 4);
  const rows = worstFirst.toReversed().flatMap((state) =>
    findings
      .filter((finding) => finding.state === state)
      .flatMap(({ name, says, mend }) => {
        const mark = paint(state, state.padEnd(stateColumns), isColoured);
        const [first = "", ...rest] = says.split("\n");
        return [
          `${mark}  ${name.padEnd(width)}  ${first}`,
          ...rest.map((line) => margin + line),
          ...(mend === undefined ? [] : [`${margin}→ ${mend}`]),
        ];
      }),
  );
  return [...rows, "", summarize(findings)].join("\n");
}

function paint(state: ProbeState, text: string, isColoured: boolean): string {
  return isColoured ? styleText(colours[state], text, { validateStream: false }) : text;
}

function summarize(findings: readonly Finding[]): string {
  const counts = worstFirst.map(
    (state) => `${findings.filter((finding) => finding.state === state).length} ${state}`,
  );
  return `${findings.length} checks: ${counts.join(", ")}.`;
}

/** The same for programs: `{ version, state, findings }`. */
export function encodeFindings(findings: readonly Finding[]): string {
  return JSON.stringify({ version: 1, state: findWorst(findings), findings }, null, 2);
}

/** The worst state among the findings: what the installation as a whole is. */
export function findWorst(findings: readonly Finding[]): ProbeState {
  return worstFirst.find((state) => findings.some((one) => one.state === state)) ?? "good";
}
