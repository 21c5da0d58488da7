import type { AgentId, ConversationId, PropertyId, TeamId, View } from "@foyer/contract";
import {
  createRootRoute,
  createRoute,
  createRouter,
  notFound,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { asId } from "../data/model.ts";
import { queryClient } from "../data/query-client.ts";
import { sessionOptions } from "../data/session.ts";
import { lazyPart } from "../ui/lazy-part.ts";
import { BrokenScreen } from "./broken-screen.tsx";
import { HomeScreen } from "./home-screen.tsx";
import { InboxScreen } from "./inbox-screen.tsx";
import { NotFoundScreen } from "./not-found-screen.tsx";
import { PropertyFrame } from "./property-frame.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import { StartingScreen } from "./starting-screen.tsx";

/** What the address says of the inbox: whose list, which conversation, and where in it. */
export interface InboxSearch {
  readonly team?: TeamId;
  readonly agent?: AgentId;
  readonly c?: ConversationId;
  readonly at?: number;
}

const { Part: StartHotelScreen } = lazyPart(
  async () => (await import("./start-hotel-screen.tsx")).StartHotelScreen,
);
const { Part: DeliveriesScreen } = lazyPart(
  async () => (await import("./deliveries-screen.tsx")).DeliveriesScreen,
);

const { Part: SettingsScreen } = lazyPart(
  async () => (await import("./settings-screen.tsx")).SettingsScreen,
);
const { Part: NowScreen } = lazyPart(async () => (await import("./now-screen.tsx")).NowScreen);

const views: readonly string[] = [
  "mine",
  "unassigned",
  "team",
  "agent",
  "all",
  "closed",
  "waiting",
  "answered_today",
] satisfies View[];

const root = createRootRoute({
  component: Outlet,
  errorComponent: BrokenScreen,
  notFoundComponent: NotFoundScreen,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string; ended?: boolean } => ({
    ...(isOwnPath(search["next"]) ? { next: search["next"] } : {}),
    ...(search["ended"] === true ? { ended: true } : {}),
  }),
  component: SignInScreen,
});

const startHotel = createRoute({
  getParentRoute: () => root,
  path: "/start",
  component: StartHotelScreen,
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  pendingComponent: StartingScreen,
  errorComponent: BrokenScreen,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionOptions);
    if (session === null) {
      const next = location.href === "/" ? {} : { next: location.href };
      throw redirect({ to: "/sign-in", search: next });
    }
    return { session };
  },
});

const home = createRoute({ getParentRoute: () => signedIn, path: "/", component: HomeScreen });

const property = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$propertyId",
  params: {
    parse: ({ propertyId }) => ({ propertyId: propertyId as PropertyId }),
    stringify: ({ propertyId }) => ({ propertyId }),
  },
  component: PropertyFrame,
});

const inbox = createRoute({
  getParentRoute: () => property,
  path: "/$view",
  params: {
    parse: ({ view }) => ({ view: view as View }),
    stringify: ({ view }) => ({ view }),
  },
  beforeLoad: ({ params: { view }, search: { team, agent } }) => {
    const isWhose = (view !== "team" || team) && (view !== "agent" || agent);
    if (!views.includes(view) || !isWhose) throw notFound();
  },
  validateSearch: (search: Record<string, unknown>): InboxSearch => {
    const team = asId<TeamId>(search["team"]);
    const agent = asId<AgentId>(search["agent"]);
    const c = asId<ConversationId>(search["c"]);
    const at = search["at"];
    return {
      ...(team ? { team } : {}),
      ...(agent ? { agent } : {}),
      ...(c ? { c } : {}),
      ...(Number.isInteger(at) ? { at: at as number } : {}),
    };
  },
  component: InboxScreen,
});

const deliveryStates: readonly string[] = ["received", "processed", "ignored", "failed"];
type DeliveryState = "received" | "processed" | "ignored" | "failed";

const deliveries = createRoute({
  getParentRoute: () => property,
  path: "/deliveries",
  validateSearch: ({ state }: Record<string, unknown>): { state?: DeliveryState } =>
    typeof state === "string" && deliveryStates.includes(state)
      ? { state: state as DeliveryState }
      : {},
  component: DeliveriesScreen,
});

const now = createRoute({ getParentRoute: () => property, path: "/now", component: NowScreen });

const settings = createRoute({
  getParentRoute: () => property,
  path: "/settings",
  component: SettingsScreen,
});

const settingsSection = createRoute({
  getParentRoute: () => property,
  path: "/settings/$section",
  validateSearch: ({ item }: Record<string, unknown>): { item?: string } =>
    typeof item === "string" && /^(new|[0-9a-f-]{36})$/.test(item) ? { item } : {},
  component: SettingsScreen,
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    startHotel,
    signedIn.addChildren([
      home,
      property.addChildren([deliveries, now, settings, settingsSection, inbox]),
    ]),
  ]),
  defaultPendingMs: 200,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

/** Only a path of this site may be gone to after signing in. */
function isOwnPath(text: unknown): text is string {
  return typeof text === "string" && /^\/(?![/\\])/.test(text);
}
