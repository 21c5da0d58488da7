/** `npm start`: installs and builds what changed, then serves Foyer with its demo tenant. */
import { become, buildInbox, command, findNode, installPackages } from "./prepare.mjs";

await command(async () => {
  installPackages();
  const node = findNode();
  buildInbox(node);
  const program = ["packages/server/src/main/foyer.ts", "serve", "--demo"];
  become(node, [...program, ...process.argv.slice(2)]);
});
