import { type ReactElement, type ReactNode, Suspense, useState } from "react";
import { lazyPart } from "./lazy-part.ts";

const { Part: Menu, load } = lazyPart(async () => (await import("./menu.tsx")).Menu);

interface Props {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly side?: "top" | "bottom";
  readonly align?: "start" | "end";
  /** What is in it: made when it opens. */
  readonly children: () => ReactNode;
}

/** A menu whose parts are loaded when somebody reaches for its button. */
export function LazyMenu({ trigger, children, ...rest }: Props) {
  const [isAsked, setAsked] = useState(false);
  const reach = (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is the control
    <span
      style={{ display: "contents" }}
      onPointerEnter={load}
      onFocus={load}
      onClickCapture={() => setAsked(true)}
    >
      {trigger}
    </span>
  );
  if (!isAsked) return reach;
  return (
    <Suspense fallback={reach}>
      <Menu {...rest} trigger={trigger} isOpenAtFirst>
        {children()}
      </Menu>
    </Suspense>
  );
}
