import type { Role } from "@foyer/contract";

export const words = {
  account: "Account",
  theme: "Theme",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  sound: "Sound",
  soundOn: "For guests newly waiting",
  sessions: "Where you are signed in",
  keymap: "Keyboard shortcuts",
  signOut: "Sign out",
  unknownDevice: "Another device",
  thisOne: "This browser",
  lastSeen: (time: string) => `Last used ${time}`,
  revoke: "Sign out",
  revoked: "Signed out there",
  notRevoked: "It is still signed in. Try again.",
  sessionsError: "Your sessions did not load.",
  unsentTitle: "Some answers are not sent",
  unsent: (count: number) =>
    count === 1
      ? "1 answer has not been sent. Signing out deletes it."
      : `${count} answers have not been sent. Signing out deletes them.`,
  signOutAnyway: "Delete and sign out",
  stay: "Stay signed in",
  notSignedOut: "No answer from the server. You are still signed in.",
  connected: "Connected",
  cut: "Not connected",
  roles: {
    owner: "Owner",
    administrator: "Administrator",
    supervisor: "Supervisor",
    agent: "Agent",
    read_only: "Reads along",
  } satisfies Record<Role, string>,
};
