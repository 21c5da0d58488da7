import { type ComponentProps, Suspense, useState } from "react";
import { lazyPart } from "./lazy-part.ts";
import type { Sheet as Loaded } from "./sheet.tsx";

const { Part: Sheet } = lazyPart(async () => (await import("./sheet.tsx")).Sheet);

/** A sheet that is loaded when it first opens. */
export function LazySheet(props: ComponentProps<typeof Loaded>) {
  const [wasAsked, setAsked] = useState(props.isOpen);
  if (props.isOpen && !wasAsked) setAsked(true);
  if (!wasAsked && !props.isOpen) return null;
  return (
    <Suspense>
      <Sheet {...props} />
    </Suspense>
  );
}
