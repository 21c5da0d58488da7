import { refusalCodeOf } from "../../data/api.ts";
import { ContactConflict } from "../../data/contacts.ts";
import { showToast } from "../../ui/toaster.tsx";
import { whyRefused } from "../../ui/words.ts";
import { words } from "./words.ts";

/** Why a change of a guest was not taken, in a sentence. */
export function whyNot(error: unknown): string {
  if (error instanceof ContactConflict) return words.conflict(error.now.name ?? "");
  return words.notSaved(whyRefused(refusalCodeOf(error)));
}

/** Waits for an act that was shown already, and says so if it had to be taken back. */
export async function orTell(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    showToast({ text: words.notDone(whyRefused(refusalCodeOf(error))) });
  }
}
