import { type PictureName, picture } from "@foyer/simulator";
import { type Adapters, createAdapters } from "../modules/channels/index.ts";
import {
  demoAgents,
  demoPassword,
  demoStories,
  findDemo,
  makeDemo,
  pastPicturePrefix,
} from "../modules/demo/index.ts";
import { type Assembly, assemble, type Foundations } from "./assemble.ts";
import type { DemoNote } from "./house.ts";

const note = {
  email: demoAgents[0].email,
  password: demoPassword,
  simulatorPath: "/simulator/",
};

/**
 * Makes the demo where there is none; says how to try it either way.
 *
 * @param stories fewer than all, for tests that need a demo and not its fortnight
 */
export async function ensureDemo(
  foundations: Foundations,
  assembly: Assembly,
  stories = demoStories,
): Promise<DemoNote> {
  if (await findDemo(assembly)) return { ...note, isNew: false };
  const clock = clockSetBack(foundations);
  const past = await assemble({ ...foundations, clock: clock.clock, adapters: pastAdapters() });
  past.runner.start();
  try {
    const parts = {
      directory: past.directory,
      routes: past.modules.flatMap((module) => module.routes ?? []),
      provisionTenant: past.provisionTenant,
      openScope: past.openScope,
      setClock: clock.set,
      settle: () => past.queue.idle(),
      now: foundations.clock.now(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    await makeDemo(parts, stories);
  } finally {
    await past.runner.close();
  }
  return { ...note, isNew: true };
}

function clockSetBack({ clock }: Foundations) {
  let now = clock.now();
  return {
    clock: { now: () => now, monotonic: clock.monotonic },
    set: (to: number) => {
      now = to;
    },
  };
}

/** In the demo's past every message was taken: there is no carrier any more to ask. */
function pastAdapters(): Adapters {
  const twilio = { apiUrl: "", publicOrigin: () => "" };
  const { simulator, ...others } = createAdapters({ simulatorUrl: () => "", twilio });
  return {
    ...others,
    simulator: {
      ...simulator,
      send: async (_settings, { reference }) => ({
        kind: "accepted",
        providerId: `demo ${reference}`,
      }),
      fetchMedia: async (_settings, url) => {
        const name = url.slice(pastPicturePrefix.length) as PictureName;
        return { kind: "got", bytes: picture(name).bytes };
      },
    },
  };
}
