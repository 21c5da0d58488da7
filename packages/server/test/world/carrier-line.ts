import { type Carrier, listen } from "@foyer/simulator";

/**
 * Where nobody ever listens: no system gives this port to a program that takes any. The one on
 * which the carrier listened could be somebody else's by now.
 */
const nowhere = "http://127.0.0.1:2";

/** The carrier's own listener, which can be down. */
export class CarrierLine {
  readonly #carrier: Carrier;
  #listener: Awaited<ReturnType<typeof listen>> | undefined;
  #url = nowhere;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  get url(): string {
    return this.#url;
  }

  async up(): Promise<void> {
    this.#listener ??= await listen(this.#carrier);
    this.#url = this.#listener.url;
  }

  /** From here on connections are refused, and those that are open are cut. */
  async down(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#url = nowhere;
    await listener?.close();
  }
}
