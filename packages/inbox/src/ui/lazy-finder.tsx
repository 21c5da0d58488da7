import { type ComponentProps, Suspense, useState } from "react";
import type { Finder as Loaded } from "./finder.tsx";
import { lazyPart } from "./lazy-part.ts";

const { Part: Finder, load } = lazyPart(async () => (await import("./finder.tsx")).Finder);

/** A finder whose parts are loaded when somebody reaches for its button. */
export function LazyFinder(props: ComponentProps<typeof Loaded>) {
  const [isAsked, setAsked] = useState(false);
  const button = (
    <button
      type="button"
      className={props.className}
      aria-haspopup="listbox"
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setAsked(true)}
    >
      {props.children}
    </button>
  );
  if (!isAsked) return button;
  return (
    <Suspense fallback={button}>
      <Finder {...props} isOpenAtFirst />
    </Suspense>
  );
}
