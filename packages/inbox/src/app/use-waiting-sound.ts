import { useEffect } from "react";
import { onChange } from "../data/live/receive.ts";
import { settings } from "../data/settings.ts";
import { createRings } from "../data/sound.ts";
import { useWorkplace } from "../data/workplace.ts";
import { playChime } from "../ui/chime.ts";

const rings = createRings();
/** As long as one tab holds this, the others stay silent. */
const ringLock = "foyer.ring";
const ringMs = 1_000;

/** A soft sound for whoever is newly waiting, once for all tabs, after the first click. */
export function useWaitingSound(): void {
  const { me } = useWorkplace();
  useEffect(() => {
    return onChange(({ conversation }) => {
      if (!rings.hears(conversation, me, Date.now())) return;
      if (settings.get().hasSound) void ringOnce();
    });
  }, [me]);
}

async function ringOnce(): Promise<void> {
  if (!navigator.locks) return playChime();
  await navigator.locks.request(ringLock, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    playChime();
    await new Promise((resolve) => setTimeout(resolve, ringMs));
  });
}
