import { type ComponentProps, lazy, Suspense, useState } from "react";
import type { Sheet as Loaded } from "./sheet.tsx";

const Sheet = lazy(async () => ({ default: (await import("./sheet.tsx")).Sheet }));

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
