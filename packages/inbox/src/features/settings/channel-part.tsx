import { type ReactNode, useId } from "react";
import channelStyles from "./channel.module.css";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
}

/** One thing about a channel, under its own heading. */
export function Part({ title, children }: Props) {
  const id = useId();
  return (
    <section className={channelStyles.part} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
