/**
 * The two clocks that a duration can be measured by. They fail differently: the wall clock can be
 * set back, the monotonic one stands still while a machine is suspended. What must not outlive its
 * time measures by both and believes the larger.
 */
export interface Clock {
  /** The instant, in integer milliseconds since the Unix epoch, UTC. */
  now(): number;
  /** Milliseconds since an arbitrary start in this process; never goes back. */
  monotonic(): number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Math.trunc(performance.now()),
};
