/** Two soft notes, a fourth apart: the frequency in Hz, and when each begins in seconds. */
const notes = [
  { hertz: 659.25, atSeconds: 0 },
  { hertz: 880, atSeconds: 0.11 },
] as const;
const loudness = 0.06;
const rampSeconds = 0.012;
const fadeSeconds = 0.42;

let context: AudioContext | undefined;

/**
 * Makes a sound possible: browsers allow none before somebody has clicked or pressed a key. Hears
 * that from here on, wherever it happens. Returns how to stop.
 */
export function awaitGesture(): () => void {
  const given = new AbortController();
  const { signal } = given;
  addEventListener("pointerdown", allowChime, { signal });
  addEventListener("keydown", allowChime, { signal });
  return () => given.abort();
}

function allowChime(): void {
  try {
    context ??= new AudioContext();
    void context.resume();
  } catch {
    // A browser without sound stays silent.
  }
}

/** Plays a short soft sound, if one is allowed. */
export function playChime(): void {
  if (context?.state !== "running") return;
  for (const { hertz, atSeconds } of notes) {
    const from = context.currentTime + atSeconds;
    const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(loudness, from + rampSeconds);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + fadeSeconds);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + fadeSeconds);
  }
}
