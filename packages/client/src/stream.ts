import { type StreamEvent, streamEvent } from "@foyer/contract";

/**
 * Reads one event of the stream from its data line. Returns undefined for an event of a kind that
 * this version does not know, so that a newer server does not break an older screen.
 */
export function readStreamEvent(data: string): StreamEvent | undefined {
  const parsed = streamEvent.safeParse(JSON.parse(data));
  return parsed.success ? parsed.data : undefined;
}
