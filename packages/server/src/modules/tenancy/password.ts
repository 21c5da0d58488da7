import { hash, verify } from "@node-rs/argon2";

/** `Algorithm.Argon2id`: a const enum, which erased types cannot import. */
const argon2id = 2;

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane (Password Storage, 2025). */
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

export function verifyPassword(password: string, hashed: string): Promise<boolean> {
  return verify(hashed, password.normalize("NFKC"));
}

/** Made at the first need and kept: to hash it anew each time would take twice as long. */
let nobody: Promise<string> | undefined;

/** Takes as long as a real check, for accounts that do not exist. Always false. */
export async function verifyAgainstNobody(password: string): Promise<false> {
  nobody ??= hashPassword("there is nobody here");
  await verifyPassword(password, await nobody);
  return false;
}
