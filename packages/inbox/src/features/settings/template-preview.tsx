import { countSegments } from "@foyer/contract";
import { useState } from "react";
import { useFields } from "../../data/fields.ts";
import { fillPieces } from "../../data/template-text.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { SelectField } from "../../ui/form.tsx";
import { languageName } from "../../ui/languages.ts";
import { shortDate } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import editStyles from "./edit.module.css";
import templateStyles from "./template.module.css";
import { knownGuest, unknownGuest } from "./template-model.ts";
import { templateWords as words } from "./template-words.ts";

const dayMs = 24 * 60 * 60_000;

type SampleId = keyof typeof words.samples;
const samples = (["known", "unknown"] as const).map((value) => ({
  value,
  label: words.samples[value],
}));

interface Props {
  readonly text: string;
  readonly language: string;
}

/** How a template reads for a guest of whom much is known, or nothing. */
export function TemplatePreview({ text, language }: Props) {
  const { property, session } = useWorkplace();
  const fields = [...useFields(property.id).values()];
  const now = useNow();
  const [who, setWho] = useState<SampleId>("known");
  const sample = {
    fields,
    property: property.name,
    agent: session.agent.name,
    arrival: shortDate(now - dayMs, now, property.timeZone),
    departure: shortDate(now + 2 * dayMs, now, property.timeZone),
  };
  const pieces = fillPieces(text, who === "known" ? knownGuest(sample) : unknownGuest(sample));
  const said = pieces.map((piece) => piece.text).join("");
  let offset = 0;
  return (
    <section
      className={templateStyles.preview}
      aria-label={`${words.preview}, ${languageName(language)}`}
    >
      <h3>{`${words.preview} · ${languageName(language)}`}</h3>
      <SelectField
        label={words.sample}
        isLabelHidden
        value={who}
        choices={samples}
        onValue={setWho}
      />
      {text.trim() === "" ? (
        <p className={editStyles.hint}>{words.empty}</p>
      ) : (
        <>
          <p className={templateStyles.bubble} lang={language} dir="auto">
            {pieces.map((piece) => {
              const key = offset;
              offset += piece.text.length + 1;
              return piece.isUnfilled ? <mark key={key}>{piece.text}</mark> : piece.text;
            })}
          </p>
          <p className={editStyles.hint}>
            {pieces.some(({ isUnfilled }) => isUnfilled)
              ? words.gap
              : words.segments(countSegments(said).segments)}
          </p>
        </>
      )}
    </section>
  );
}
